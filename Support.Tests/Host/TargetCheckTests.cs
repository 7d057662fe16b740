using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using Support.Host;
using Support.Settings;

namespace Support.Tests.Host;

[TestFixture]
internal sealed class TargetCheckTests
{
    [Test]
    [CancelAfter(10_000)]
    public async Task A_name_that_resolves_tells_its_addresses(CancellationToken cancellationToken)
    {
        IPAddress[] addresses = [IPAddress.Parse("192.0.2.1"), IPAddress.Parse("2001:db8::1")];
        var found = await NameAsync("ws://target.example/", (_, _) => Task.FromResult(addresses), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.Outcome, Is.EqualTo(CheckOutcome.Passed));
            Assert.That(found.Actual, Does.StartWith("target.example is 192.0.2.1, 2001:db8::1, in "));
        }
    }

    [Test]
    [CancelAfter(10_000)]
    public async Task A_name_that_does_not_exist_and_a_resolver_that_fails_are_two_texts(
        CancellationToken cancellationToken)
    {
        var missing = await NameAsync(
            "ws://target.example/",
            (_, _) => throw new SocketException((int)SocketError.HostNotFound),
            cancellationToken);
        var broken = await NameAsync(
            "ws://target.example/", (_, _) => throw new SocketException((int)SocketError.TryAgain), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(missing.Outcome, Is.EqualTo(CheckOutcome.Critical));
            Assert.That(missing.Actual, Does.StartWith("target.example does not exist, says the resolver: "));
            Assert.That(missing.Next, Does.Contain("Target.Url"));
            Assert.That(broken.Outcome, Is.EqualTo(CheckOutcome.Critical));
            Assert.That(broken.Actual, Does.StartWith("the resolver could not say whether target.example exists: "));
            Assert.That(broken.Next, Does.Contain("/etc/resolv.conf"));
        }
    }

    [Test]
    [CancelAfter(10_000)]
    public async Task A_name_without_an_address_does_not_exist(CancellationToken cancellationToken)
    {
        var found = await NameAsync(
            "ws://target.example/", (_, _) => Task.FromResult<IPAddress[]>([]), cancellationToken);

        Assert.That(found.Actual, Does.Contain("the name has no address"));
    }

    [Test]
    [CancelAfter(10_000)]
    public async Task A_resolver_that_never_answers_is_given_up(CancellationToken cancellationToken)
    {
        var clock = new FakeTimeProvider();
        var resolver = new TargetResolver((_, _) => new TaskCompletionSource<IPAddress[]>().Task, clock);
        var resolving = resolver.ResolveAsync(new Uri("ws://target.example/"), cancellationToken);
        clock.Advance(TimeSpan.FromMilliseconds(4_999));
        var early = resolving.IsCompleted;
        clock.Advance(TimeSpan.FromMilliseconds(1));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(early, Is.False);
            Assert.That(
                (await resolving).Failure,
                Is.EqualTo(new NameFailure(NameFailureKind.ResolverFailed, "no answer within 5 s")));
        }
    }

    [TestCase("ws://127.0.0.1:9/", "127.0.0.1", true)]
    [TestCase("ws://[::1]:9/", "::1", true)]
    [TestCase("ws://192.0.2.1/", "192.0.2.1", false)]
    [CancelAfter(10_000)]
    public async Task An_address_is_asked_of_nobody(
        string url, string host, bool local, CancellationToken cancellationToken)
    {
        var resolver = new TargetResolver((_, _) => throw new InvalidOperationException("asked"), TimeProvider.System);

        var place = await resolver.ResolveAsync(new Uri(url), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(place.Host, Is.EqualTo(host));
            Assert.That(place.IsAddress, Is.True);
            Assert.That(place.IsLocal, Is.EqualTo(local));
        }
    }

    [Test]
    public void The_embedded_target_and_an_address_need_no_name()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                TargetChecks.Name(Machines.Roomy, Machines.Context(10, new CapacitySettings())).Outcome,
                Is.EqualTo(CheckOutcome.NotApplicable));
            Assert.That(
                TargetChecks.Name(Machines.Roomy, Machines.Context(10)).Outcome,
                Is.EqualTo(CheckOutcome.NotApplicable));
        }
    }

    [TestCase("ws://a.example/", false, CheckOutcome.NotApplicable)]
    [TestCase("wss://a.example/", false, CheckOutcome.Passed)]
    [TestCase("wss://a.example/", true, CheckOutcome.Warning)]
    [TestCase("ws://a.example/", true, CheckOutcome.Warning)]
    public void Certificates_that_are_not_checked_are_said_loudly(string url, bool insecure, CheckOutcome outcome)
    {
        var settings = new CapacitySettings { Target = new TargetSettings { Url = new Uri(url), Insecure = insecure } };

        var found = TargetChecks.Trust(Machines.Context(10, settings));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.Outcome, Is.EqualTo(outcome));
            Assert.That(found.Actual.Contains("NOT CHECKED", StringComparison.Ordinal), Is.EqualTo(insecure));
        }
    }

    [Test]
    [CancelAfter(10_000)]
    public async Task A_failed_handshake_stops_the_ladder_with_the_probes_words(CancellationToken cancellationToken)
    {
        var probe = new HandshakeProbe(false, "HandshakeRejected(404)", "Correct the path.");
        var found = await HandshakeAsync(_ => Task.FromResult(probe), cancellationToken);

        Assert.That(
            (found.Outcome, found.Actual, found.Next),
            Is.EqualTo((CheckOutcome.Critical, "HandshakeRejected(404)", "Correct the path.")));
    }

    [Test]
    [CancelAfter(10_000)]
    public async Task A_handshake_that_works_asks_for_nothing(CancellationToken cancellationToken)
    {
        var found = await HandshakeAsync(
            _ => Task.FromResult(new HandshakeProbe(true, "101 in 3 ms", "unused")), cancellationToken);

        Assert.That((found.Outcome, found.Actual, found.Next), Is.EqualTo((CheckOutcome.Passed, "101 in 3 ms", "")));
    }

    [Test]
    [CancelAfter(10_000)]
    public async Task A_probe_that_throws_is_no_handshake(CancellationToken cancellationToken)
    {
        var found = await HandshakeAsync(_ => throw new IOException("broken pipe"), cancellationToken);

        Assert.That(
            (found.Outcome, found.Actual),
            Is.EqualTo((CheckOutcome.Critical, "no handshake: IOException: broken pipe")));
    }

    private static Task<Answer> HandshakeAsync(
        Func<CancellationToken, Task<HandshakeProbe>> probe, CancellationToken cancellationToken)
    {
        var context = new CheckContext { Settings = Machines.Remote, LadderTop = 10, Handshake = probe };
        return TargetChecks.HandshakeAsync(context, cancellationToken);
    }

    private static async Task<Answer> NameAsync(
        string url,
        Func<string, CancellationToken, Task<IPAddress[]>> resolve,
        CancellationToken cancellationToken)
    {
        var place = await new TargetResolver(resolve, TimeProvider.System)
            .ResolveAsync(new Uri(url), cancellationToken);
        var settings = new CapacitySettings { Target = new TargetSettings { Url = new Uri(url) } };
        return TargetChecks.Name(Machines.Roomy with { Target = place }, Machines.Context(10, settings));
    }
}
