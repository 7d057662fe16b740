using System.Collections.Immutable;
using System.Net;
using System.Net.NetworkInformation;
using NUnit.Framework;
using Support.Host;
using Support.Settings;

namespace Support.Tests.Host;

[TestFixture]
internal sealed class BudgetCheckTests
{
    // Each of 16 workers keeps 192 in reserve, and so does a server of the self-test, which holds 300.
    [TestCase(192 + 625, CheckOutcome.Passed)]
    [TestCase(192 + 624, CheckOutcome.Warning)]
    [TestCase(192 + 300, CheckOutcome.Warning)]
    [TestCase(192 + 299, CheckOutcome.Critical, Description = "the self-test does not fit")]
    [TestCase(0, CheckOutcome.Critical)]
    public void Descriptors_cover_a_ladder_of_10000_or_cut_it_or_stop_it(long limit, CheckOutcome outcome)
    {
        var found = ClientChecks.FileDescriptors(
            Machines.Roomy with { OpenFiles = Machines.Files(limit) }, Machines.Context(10_000));

        Assert.That(found.Outcome, Is.EqualTo(outcome), found.Actual);
    }

    [TestCase(192 + 1000, CheckOutcome.Passed)]
    [TestCase(192 + 999, CheckOutcome.Warning)]
    [TestCase(192 + 300, CheckOutcome.Warning)]
    [TestCase(192 + 299, CheckOutcome.Critical)]
    public void The_embedded_server_holds_the_whole_ladder_in_one_process(long limit, CheckOutcome outcome)
    {
        var found = ClientChecks.FileDescriptors(
            Machines.Roomy with { OpenFiles = Machines.Files(limit) }, Machines.Context(1000, new CapacitySettings()));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.Outcome, Is.EqualTo(outcome), found.Actual);
            Assert.That(found.Expected, Does.StartWith("at least 1,192 per process: "));
        }
    }

    [Test]
    public void At_a_size_the_embedded_server_has_the_limit_of_the_size()
    {
        var settings = new CapacitySettings { Gate = new GateSettings { TaskDefinition = "task.json" } };

        var found = ClientChecks.FileDescriptors(
            Machines.Roomy with { OpenFiles = Machines.Files(192 + 300) }, Machines.Context(1000, settings));

        Assert.That(found.Outcome, Is.EqualTo(CheckOutcome.Passed), found.Actual);
    }

    [Test]
    public void A_warning_names_the_last_step_that_fits_and_how_to_raise_the_limit()
    {
        var found = ClientChecks.FileDescriptors(
            Machines.Roomy with { OpenFiles = Machines.Files(512 - 10) }, Machines.Context(10_000));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                found.Expected,
                Is.EqualTo("at least 817 per process: 10,000 connections in up to 16 workers, 192 in reserve in each; "
                    + "492 for a server of the self-test"));
            Assert.That(
                found.Actual, Is.EqualTo("soft 502 (test), hard 502 (test); steps above 4,960 are not attempted"));
            Assert.That(
                found.Next,
                Does.Contain("\"ulimits\": [{ \"name\": \"nofile\", \"softLimit\": 65536, \"hardLimit\": 65536 }]"));
            Assert.That(found.Next, Does.EndWith("ulimit -n 65536"));
        }
    }

    [Test]
    public void The_suggested_limit_covers_a_ladder_of_two_million() =>
        Assert.That(
            ClientChecks.FileDescriptors(
                Machines.Roomy with { OpenFiles = Machines.Files(1024) }, Machines.Context(2_000_000)).Next,
            Does.EndWith("ulimit -n 131072"));

    [Test]
    public void A_limit_that_is_enough_asks_for_nothing() =>
        Assert.That(ClientChecks.FileDescriptors(Machines.Roomy, Machines.Context(1000)).Next, Is.Empty);

    [Test]
    public void No_limit_passes_and_an_unknown_one_warns()
    {
        var none = Machines.Roomy with { OpenFiles = new OpenFileLimits(new Limit.None("f"), new Limit.None("f")) };
        var unknown = Machines.Roomy with { OpenFiles = OpenFileLimits.Parse(null, "f") };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                ClientChecks.FileDescriptors(none, Machines.Context(1000)).Outcome, Is.EqualTo(CheckOutcome.Passed));
            Assert.That(
                ClientChecks.FileDescriptors(unknown, Machines.Context(1000)).Outcome,
                Is.EqualTo(CheckOutcome.Warning));
        }
    }

    [TestCase(1000, CheckOutcome.Passed)]
    [TestCase(999, CheckOutcome.Warning)]
    [TestCase(10, CheckOutcome.Warning)]
    [TestCase(9, CheckOutcome.Critical)]
    public void Ports_cover_a_ladder_of_1000_or_cut_it_or_stop_it(int ports, CheckOutcome outcome)
    {
        var found = ClientChecks.EphemeralPorts(
            Machines.Roomy with { Ports = new PortRange(20_001, 20_000 + ports, 0) }, Machines.Context(1000));

        Assert.That(found.Outcome, Is.EqualTo(outcome), found.Actual);
    }

    [Test]
    public void Reserved_ports_listeners_and_held_ones_are_not_free()
    {
        var facts = Machines.Roomy with
        {
            Ports = new PortRange(20_001, 21_000, 100),
            Target = Machines.Roomy.Target! with { Held = Held(established: 30, timeWait: 20), ListenersInRange = 5 },
        };

        var found = ClientChecks.EphemeralPorts(facts, Machines.Context(1000));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(new ClientBudget(facts, Machines.Context(1000)).Ports, Is.EqualTo(1000 - 100 - 5 - 30 - 20));
            Assert.That(found.Actual, Does.StartWith(
                "845 free: ports 20001 to 21000 less 100 reserved and 5 listening, × 1 × 1, less 50 held"));
            Assert.That(found.Actual, Does.Contain("(TIME_WAIT 20; "));
            Assert.That(found.Actual, Does.EndWith("steps above 845 are not attempted"));
            Assert.That(found.Next, Does.Contain("net.ipv4.ip_local_port_range").And
                .Contain("1024 65535").And.Contain("Pool.SourceAddresses"));
        }
    }

    [TestCase(0, true, 20)]
    [TestCase(1, true, 0)]
    [TestCase(1, false, 0)]
    [TestCase(2, true, 0)]
    [TestCase(2, false, 20, Description = "2 is for loopback only")]
    public void Ports_in_TIME_WAIT_are_free_where_the_kernel_uses_them_again(int reuse, bool loopback, int held)
    {
        var target = loopback ? Machines.Loopback : Machines.Roomy.Target!;
        var facts =
            Machines.Roomy with { TimeWaitReuse = Machines.Number(reuse), Target = target with { Held = Held(0, 20) } };

        Assert.That(new ClientBudget(facts, Machines.Context(10)).PortsHeld, Is.EqualTo(held));
    }

    [Test]
    public void A_source_address_multiplies_the_ports_and_uses_those_in_TIME_WAIT_again()
    {
        ImmutableArray<IPAddress> sources = [IPAddress.Parse("127.0.0.2"), IPAddress.Parse("127.0.0.3")];
        var settings = Machines.Remote with { Pool = new PoolSettings { SourceAddresses = sources } };
        var facts = Machines.Roomy with
        {
            Ports = new PortRange(20_001, 20_100, 0),
            TimeWaitReuse = Machines.Number(1),
            Target = Machines.Loopback with { Held = Held(0, 20) },
        };

        Assert.That(new ClientBudget(facts, Machines.Context(10, settings)).Ports, Is.EqualTo(2 * 100));
    }

    [Test]
    public void Where_the_target_is_not_countable_every_TIME_WAIT_counts()
    {
        var facts = Machines.Roomy with { Target = null, Sockets = new SocketFacts(0, 0, 7) };

        Assert.That(new ClientBudget(facts, Machines.Context(10)).PortsHeld, Is.EqualTo(7));
    }

    [Test]
    public void An_unknown_port_range_warns() =>
        Assert.That(
            ClientChecks.EphemeralPorts(Machines.Roomy with { Ports = null }, Machines.Context(10)).Outcome,
            Is.EqualTo(CheckOutcome.Warning));

    [Test]
    public void A_ladder_that_ends_below_its_first_step_is_judged_by_its_end()
    {
        var facts = Machines.Roomy with { Ports = new PortRange(20_001, 20_005, 0) };

        var found = ClientChecks.EphemeralPorts(facts, Machines.Context(5, steps: [10]));

        Assert.That(found.Outcome, Is.EqualTo(CheckOutcome.Passed));
    }

    private static TcpStateCounts Held(int established, int timeWait)
    {
        var counts = new int[(int)TcpState.DeleteTcb + 1];
        counts[(int)TcpState.Established] = established;
        counts[(int)TcpState.TimeWait] = timeWait;
        return new TcpStateCounts(counts);
    }
}
