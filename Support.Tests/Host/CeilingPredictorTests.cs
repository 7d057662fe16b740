using System.Net;
using NUnit.Framework;
using Support.Host;
using Support.Settings;

namespace Support.Tests.Host;

[TestFixture]
internal sealed class CeilingPredictorTests
{
    [Test]
    public void Every_resource_has_a_row_and_the_least_binds_first()
    {
        var prediction = CeilingPredictor.Predict(Machines.Roomy, Machines.Context(1000));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                prediction.Table.Rows.Select(row => (row.Resource, row.Side, row.Connections)),
                Is.EqualTo(new (string, string, long?)[]
                {
                    ("file descriptors of the suite", "client", (1_048_576 - 192) * 16),
                    ("ephemeral ports", "client", 64_512),
                    ("memory of the suite", "client", ((4L << 30) - 48_000_000) / 7_200),
                    ("connection tracking", "client", null),
                    ("socket memory", "client", null),
                }));
            Assert.That(prediction.Table.BindsFirst?.Resource, Is.EqualTo("ephemeral ports"));
            Assert.That(prediction.MaxAttemptable, Is.EqualTo(64_512));
            Assert.That(prediction.Reason, Does.StartWith("ClientLimit(ports): "));
        }
    }

    [Test]
    public void Descriptors_that_bind_first_are_named_in_the_reason()
    {
        var prediction = CeilingPredictor.Predict(
            Machines.Roomy with { OpenFiles = Machines.Files(1192) }, Machines.Context(1000));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(prediction.MaxAttemptable, Is.EqualTo(16_000));
            Assert.That(
                prediction.Reason,
                Does.StartWith("ClientLimit(fd): file descriptors of the suite allow 16,000 connections ("));
            Assert.That(prediction.Reason, Does.EndWith("((1,192 − 192 in reserve) × 16 workers; test)"));
        }
    }

    [Test]
    public void Fewer_than_none_is_none() =>
        Assert.That(CeilingPredictor.Predict(
            Machines.Roomy with { OpenFiles = Machines.Files(100) }, Machines.Context(1000)).MaxAttemptable, Is.Zero);

    [Test]
    public void Where_neither_is_known_nothing_is_capped()
    {
        var facts = Machines.Roomy with { OpenFiles = OpenFileLimits.Parse(null, "f"), Ports = null };

        var prediction = CeilingPredictor.Predict(facts, Machines.Context(1000));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((prediction.MaxAttemptable, prediction.Reason), Is.EqualTo(((int?)null, (string?)null)));
            Assert.That(prediction.Table.Rows[0].Basis, Does.StartWith("not known"));
            Assert.That(prediction.Table.Rows[1].Basis, Does.StartWith("not known"));
        }
    }

    [Test]
    public void Memory_is_not_a_cap_for_the_steps()
    {
        var prediction = CeilingPredictor.Predict(
            Machines.Roomy with { Memory = new MemInfo(1L << 30, 48_072_000, null) }, Machines.Context(1000));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                prediction.Table.BindsFirst,
                Has.Property("Resource").EqualTo("memory of the suite").And.Property("Connections").EqualTo(10));
            Assert.That(prediction.MaxAttemptable, Is.EqualTo(64_512));
        }
    }

    [Test]
    public void A_target_on_this_machine_takes_memory_and_has_descriptors_of_its_own()
    {
        var facts = Machines.Roomy with
        {
            Target = Machines.Loopback,
            TargetOpenFiles = Machines.Files(4096),
            TargetDescriptorsOpen = 96,
        };

        var rows = CeilingPredictor.Predict(facts, Machines.Context(1000)).Table.Rows;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows[2], Has.Property("Side")
                .EqualTo("both").And.Property("Connections").EqualTo(((4L << 30) - 48_000_000) / 25_800));
            Assert.That(rows[2].Basis, Does.Contain("2,600 own + 4,600 kernel + 14,000 target + 4,600 its kernel"));
            Assert.That(
                (rows[^1].Resource, rows[^1].Side, rows[^1].Connections),
                Is.EqualTo(("file descriptors of the target", "server", (long?)4000)));
            Assert.That(rows[^1].Basis, Is.EqualTo("4,096 − 96 open now; test"));
        }
    }

    [Test]
    public void The_embedded_server_has_the_limit_of_this_process_and_keeps_a_reserve_of_it()
    {
        var facts = Machines.Roomy with
        {
            Target = Machines.Loopback,
            OpenFiles = Machines.Files(512),
            TargetOpenFiles = Machines.Files(512),
            TargetDescriptorsOpen = 151,
        };

        var prediction = CeilingPredictor.Predict(facts, Machines.Context(1000, new CapacitySettings()));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((prediction.MaxAttemptable, prediction.Least), Is.EqualTo((320, Resource.Descriptors)));
            Assert.That(
                prediction.Reason, Is.EqualTo("ClientLimit(fd): file descriptors of the target allow 320 connections "
                    + "(512 − 192 in reserve; test)"));
        }
    }

    [Test]
    public void Spreading_over_destinations_multiplies_the_ports()
    {
        var facts = Machines.Roomy with
        {
            Target = Machines.Roomy.Target! with { Addresses = [
                .. new[] { "198.51.100.7", "198.51.100.8", "198.51.100.9", "2001:db8::7" }.Select(IPAddress.Parse),
            ] },
        };

        Assert.That(
            CeilingPredictor.Predict(facts, Machines.Context(10)).Table.Rows[1].Connections,
            Is.EqualTo(3 * 64_512),
            "Of one family.");
    }
}
