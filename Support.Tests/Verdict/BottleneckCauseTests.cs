using NUnit.Framework;
using Support.Measuring;
using Support.Pool;
using Support.Verdict;

namespace Support.Tests.Verdict;

/// <summary>
/// What figures say beyond the class of the failures: a starved client, a full server, one bad address, a timer in the
/// path.
/// </summary>
internal sealed class BottleneckCauseTests
{

    internal static IEnumerable<TestCaseData> Limits()
    {
        yield return Case(
            "throttled while nobody answered",
            Step("HandshakeTimeout").Client(throttled: 2.6),
            BottleneckSide.Client,
            "short of processor time");
        yield return Case("a thread seconds late", Step("ConnectTimeout").Client(lag: 2_600), BottleneckSide.Client,
            "short of processor time");
        yield return Case("this side saturated", Step("HandshakeTimeout").Client(busy: 0.95), BottleneckSide.Client,
            "short of processor time");
        yield return Case(
            "no pong came to a starved client",
            Step("IdleLost").Client(lag: 3_000),
            BottleneckSide.Client,
            "short of processor time");
        yield return Case(
            "throttled for a quarter and no more",
            Step("HandshakeTimeout").Client(throttled: 2.5),
            BottleneckSide.Server,
            "does not answer the upgrade");
        yield return Case(
            "a thread late as on any busy machine",
            Step("HandshakeTimeout").Client(lag: 400),
            BottleneckSide.Server,
            "does not answer the upgrade");
        yield return Case(
            "both saturated, and the server worked hard",
            Step("HandshakeTimeout").Client(busy: 0.95).Server(new() { CpuSeconds = 12 }),
            BottleneckSide.Server,
            "does not answer");
        yield return Case(
            "this side saturated, and the server idle",
            Step("HandshakeTimeout").Client(busy: 0.95).Server(new() { CpuSeconds = 1 }),
            BottleneckSide.Client,
            "processor time");
        foreach (var answer in new[]
        {
            "HandshakeRejected(503)",
            "HandshakeRejected(429)",
            "Refused",
            "ConnectReset",
            "ClosedByPeer(1013)",
        })
            yield return Case(
                $"{answer} to a starved client",
                Step(answer).Client(lag: 9_000, throttled: 9, busy: 1),
                BottleneckSide.Server,
                "");
        yield return Case(
            "a worker killed for memory",
            Step("EnvironmentFailure").Client(oomKills: 1),
            BottleneckSide.Client,
            "out of memory");
        yield return Case("a worker killed by a person", Step("EnvironmentFailure").Client(), BottleneckSide.Client,
            "the suite's environment failed");
        yield return Case(
            "a full accept queue",
            Step("ConnectTimeout").Server(new() { ListenOverflows = 37 }),
            BottleneckSide.Server,
            "the kernel dropped 37 connections there (ListenOverflows)");
        yield return Case(
            "an accept queue that never filled",
            Step("ConnectTimeout").Server(new() { ListenOverflows = 0 }),
            BottleneckSide.Path,
            "TCP handshakes are not answered");
        foreach (var silent in new[]
        {
            "HandshakeTimeout",
            "ConnectReset",
            "ConnectTimeout",
            "HandshakeProtocol",
            "HandshakeRejected(502)",
            "DroppedAbnormally(rst)",
            "TlsFailure",
        })
            yield return Case(
                $"{silent} and no descriptor left",
                Step(silent).Server(Files(994, 1024)),
                BottleneckSide.Server,
                "out of file descriptors: 994 of 1,024 are open");
        yield return Case("descriptors left", Step("HandshakeTimeout").Server(Files(993, 1024)), BottleneckSide.Server,
            "does not answer the upgrade");
        yield return Case(
            "503 and no descriptor left",
            Step("HandshakeRejected(503)").Server(Files(1024, 1024)),
            BottleneckSide.Server,
            "answers 503");
        yield return Case("gone", Lost("DroppedAbnormally(fin)").Answering(TargetAnswer.Gone), BottleneckSide.Server,
            "the server under test went away in the step of 200");
        yield return Case(
            "gone, with its memory",
            Lost("DroppedAbnormally(rst)").Client(oomKills: 1).Answering(TargetAnswer.Gone),
            BottleneckSide.Server,
            "killed a process of its control group for memory");
        yield return Case(
            "gone with the route", Lost("Unreachable").Answering(TargetAnswer.Gone), BottleneckSide.Path, "no route");
        yield return Case(
            "silence before anything opened",
            Given.Step(200, 0, "ConnectTimeout").Answering(TargetAnswer.Gone),
            BottleneckSide.Path,
            "TCP handshakes are not answered");
        yield return Case(
            "a listener that is gone while the server holds on",
            Step("Refused").Answering(TargetAnswer.Gone),
            BottleneckSide.Server,
            "the server refuses connections");
        yield return Case(
            "a server too busy to answer that holds on",
            Step("HandshakeTimeout").Answering(TargetAnswer.Gone),
            BottleneckSide.Server,
            "does not answer the upgrade");
        yield return Case(
            "restarted",
            Step("DroppedAbnormally(rst)").Answering(TargetAnswer.Restarted),
            BottleneckSide.Server,
            "was restarted in the step of 200");
        yield return Case("an idle timeout", Idle(60.2, 0.4, cutOff: 80), BottleneckSide.Path,
            "connections are cut 60.2 s after their last byte");
        yield return Case(
            "an idle timeout and a starved client",
            Idle(60, 0.4, cutOff: 80).Client(lag: 9_000),
            BottleneckSide.Path,
            "connections are cut 60 s after");
        yield return Case("ends at all ages", Idle(60, 30, cutOff: 80), BottleneckSide.Path, "stop answering pings");
        yield return Case(
            "no pong is no idle timeout", Idle(10, 0, cutOff: 0), BottleneckSide.Path, "stop answering pings");
        yield return Case(
            "ended at once",
            Losing("DroppedAbnormally(rst)", new(80, 5, 3, 0.012)),
            BottleneckSide.Server,
            "80 connections ended within 12 ms: open connections end without a close frame");
        yield return Case(
            "one bad address of two",
            At(("10.0.0.1:80", 100, 0), ("10.0.0.2:80", 100, 80))
                .But(r => r with { Addresses = [r.Addresses[0], r.Addresses[1] with { Attempted = 80 }] }),
            BottleneckSide.Path,
            "one of the target's 2 addresses fails: 10.0.0.2:80 failed 80 of 80, the others 0 of 100");
        yield return Case(
            "two addresses that both fail",
            At(("10.0.0.1:80", 100, 40), ("10.0.0.2:80", 100, 40)),
            BottleneckSide.Path,
            "TCP handshakes are not answered");
        yield return Case(
            "an address with a limit of its own",
            At(("10.0.0.1:80", 100, 0), ("10.0.0.2:80", 100, 80)),
            BottleneckSide.Path,
            "TCP handshakes are not answered");
        yield return Case(
            "a single address", At(("10.0.0.1:80", 200, 80)), BottleneckSide.Path, "TCP handshakes are not answered");
    }

    internal static IEnumerable<TestCaseData> Refined()
    {
        yield return Case(
            "ended in TLS", EndedInTls(80), BottleneckSide.Server, "ends further connections in the TLS handshake");
        yield return Case("most of them ended in TLS", EndedInTls(41), BottleneckSide.Server,
            "ends further connections in the TLS handshake");
        yield return Case(
            "a certificate that is not trusted", EndedInTls(0), BottleneckSide.Path, "TLS handshakes fail");
        yield return Case(
            "a certificate that half do not trust", EndedInTls(40), BottleneckSide.Path, "TLS handshakes fail");
        yield return Case("accepted and silent, then SYNs dropped", Beside(3), BottleneckSide.Server,
            "first its accept queue filled");
        yield return Case(
            "two slow answers beside dropped SYNs", Beside(2), BottleneckSide.Path, "TCP handshakes are not answered");
        yield return Case(
            "the same at an accept queue that never filled",
            Beside(3).Server(new() { ListenOverflows = 0 }),
            BottleneckSide.Path,
            "TCP handshakes are not answered");
        yield return Case("the same to a starved client", Beside(3).Client(lag: 3_000), BottleneckSide.Client,
            "short of processor time");
        yield return Case("closed in words at one age", Polite(ages: 0.1, moments: 3), BottleneckSide.Server,
            "closes connections 60 s after their last byte (ClosedByPeer(1001))");
        yield return Case("closed in words at one moment", Polite(ages: 3, moments: 0.01), BottleneckSide.Server,
            "connections ended within 10 ms");
        yield return Case(
            "closed in words, and which of the two is not known",
            Polite(ages: 0.01, moments: 0.01),
            BottleneckSide.Server,
            "connections ended within 10 ms");
    }

    [TestCaseSource(nameof(Limits))]
    [TestCaseSource(nameof(Refined))]
    public void The_cause_is_what_the_figures_say(JudgedStep step, BottleneckSide side, string cause)
    {
        var bottleneck = Given.Run(Given.Step(100, 100), step).Judged().Bottleneck;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(bottleneck.Side, Is.EqualTo(side), bottleneck.Cause);
            Assert.That(bottleneck.Cause, Does.Contain(cause));
            Assert.That(bottleneck.Next, Does.EndWith("."));
        }
    }

    [Test]
    public void A_step_that_ran_out_of_time_is_the_clients_where_this_side_had_none()
    {
        var slow = Given.Step(1000, 400).But(result =>
            result with { Attempted = 400, Failures = result.Failures.Clear(), Stop = EarlyStopKind.Deadline });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Given.Run(slow).Judged().Bottleneck.Side, Is.EqualTo(BottleneckSide.Configuration));
            Assert.That(
                Given.Run(slow.Client(throttled: 5)).Judged().Bottleneck.Side, Is.EqualTo(BottleneckSide.Client));
        }
    }

    [Test]
    public void Connections_that_end_one_by_one_are_no_single_event() => Assert.That(
        Given.Run(Given.Step(100, 100), Losing("DroppedAbnormally(rst)", new(80, 5, 3, 8))).Judged().Bottleneck.Cause,
        Is.EqualTo("open connections end without a close frame"));

    [Test]
    public void A_closed_port_that_nobody_ever_answered_at_did_not_go_away() => Assert.That(
        Given.Run(Given.Step(10, 0, "Refused").Answering(TargetAnswer.Gone)).Judged().Bottleneck.Cause,
        Is.EqualTo("the server refuses connections"));

    [Test]
    public void What_the_server_and_the_kernel_say_is_evidence()
    {
        var server = new ServerReading { Name = "nginx", Processes = 3, Descriptors =
            1024, DescriptorLimit = 1024, ResidentBytes = 12 << 20, CpuSeconds = 3.2, ListenOverflows = 37 };
        var step = Step("HandshakeTimeout").Server(server).Client(lag: 120, throttled: 1).Answering(TargetAnswer.Opens)
            .But(result =>
                result with { Resources = result.Resources with { TargetOpen = 118, KernelEstablished = 120 } });

        Assert.That(Given.Run(Given.Step(100, 100), step).Judged().Bottleneck.Evidence, Is.EqualTo(
        [
            "the step of 200: 200 attempted, 120 opened, 120 held",
            "80 × HandshakeTimeout: no example",
            "the server itself counted 118 open at the count",
            "the kernel counted 120 established at the count",
            "nginx: 1,024 of 1,024 descriptors open in the fullest of its 3 processes, 12 MiB of resident memory, 3.2 "
            + "s of processor time in the step",
            "the kernel dropped 37 connections at a full accept queue (ListenOverflows)",
            "client: a thread was scheduled 120 ms late",
            "client: throttled for 1.0 s of 10.0 s",
            "once these were closed, the server opened a connection again",
        ]));
    }

    [Test]
    public void Where_this_client_was_the_limit_nothing_is_said_of_what_the_server_holds()
    {
        foreach (var step in new[] { Step("ClientLimit(fd)"), Step("ClientLimit(memory)"), Step("HandshakeTimeout")
            .Client(throttled: 9) })
        {
            var verdict = Given.Run(Given.Step(100, 100), step).Requiring(500).Judged();
            using (Assert.EnterMultipleScope())
            {
                Assert.That(verdict.Bottleneck.Cause, Does.StartWith("this client").And.Not.Contain("server"));
                Assert.That(verdict.Outcome, Is.EqualTo(RunOutcome.Failed));
                Assert.That(
                    verdict.Reasons,
                    Has.Some.Contains("this client was the limit").And.Some.Contains("the server may hold more"));
            }
        }
    }

    private static JudgedStep Step(string failure) => Given.Step(200, 120, failure);

    private static JudgedStep EndedInTls(int count) =>
        Step("TlsFailure").But(result => result with { EndedInTls = count });

    private static JudgedStep Beside(int silent) => Step("ConnectTimeout")
        .But(result =>
            result with { Failures = Classes.Of(("ConnectTimeout", 80 - silent), ("HandshakeTimeout", silent)) });

    private static JudgedStep Polite(double ages, double moments) =>
        Losing("ClosedByPeer(1001)", new(160, 60, ages, moments)).Answering(TargetAnswer.Opens);

    private static JudgedStep Lost(string failure) =>
        Given.Step(200, 0, failure).But(result => result with { Opened = 120 });

    private static ServerReading Files(
        int open, long limit) => new() { Name = "nginx", Processes = 1, Descriptors = open, DescriptorLimit = limit };

    private static JudgedStep Idle(double age, double spread, int cutOff) =>
        Losing("IdleLost", new(80, age, spread, 0.2)).But(result => result with { CutOff = cutOff });

    private static JudgedStep Losing(string failure, LossSummary losses) =>
        Step(failure).But(result => result with { Opened = 160, Losses = losses });

    private static JudgedStep At(
        params (string EndPoint, int Attempted, int Failed)[] addresses) => Step("ConnectTimeout")
        .But(result => result with { Addresses = [
            .. addresses.Select(row => new Support.Pool.AddressCount(row.EndPoint, row.Attempted, row.Failed)),
        ] });

    private static TestCaseData Case(string name, JudgedStep step, BottleneckSide side, string cause) =>
        new TestCaseData(step, side, cause).SetArgDisplayNames(name);
}
