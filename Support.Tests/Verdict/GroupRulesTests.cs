using NUnit.Framework;
using Support.Host;
using Support.Measuring;
using Support.Targets;
using Support.Verdict;

namespace Support.Tests.Verdict;

/// <summary>What a server's control group and its end say of the cause, and what ran out.</summary>
internal sealed class GroupRulesTests
{
    private const long Limit = 512L << 20;
    private const string Heap =
        "FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n 1: 0xb7 node::Abort()";

    private static readonly ServerGroup Killed =
        new() { MemoryBytes = 12 << 20, MemoryLimitBytes = Limit, OomKills = 1 };
    private static readonly ServerGroup Full = new() { MemoryBytes = 510L << 20, MemoryLimitBytes = Limit };
    private static readonly ServerGroup Stopped = new()
    {
        MemoryBytes = 50 << 20,
        MemoryLimitBytes = Limit,
        Periods = 80,
        ThrottledPeriods = 60,
        ThrottledTime = TimeSpan.FromSeconds(4.5),
    };

    internal static IEnumerable<TestCaseData> Limits()
    {
        yield return Case("killed", Lost("DroppedAbnormally(rst)").In(Killed).Answering(TargetAnswer.Gone), "memory",
            "the server is out of memory: the kernel killed 1 of its processes in its control group of 512 MiB");
        yield return Case(
            "a worker killed, and its master lives",
            Step("DroppedAbnormally(fin)").In(Killed).Answering(TargetAnswer.Opens),
            "memory",
            "the kernel killed 1 of its processes");
        yield return Case(
            "killed and started again",
            Lost("DroppedAbnormally(fin)").In(Killed).Answering(TargetAnswer.Restarted),
            "memory",
            "the kernel killed 1 of its processes");
        foreach (var silent in new[] { "HandshakeTimeout", "ConnectTimeout", "IdleLost" })
            yield return Case($"{silent} at a full group", Lost(silent).In(Full).Answering(TargetAnswer.Gone), "memory",
                "its control group of 512 MiB is full (510 MiB), and it does not answer any more");
        yield return Case(
            "drops at a full group",
            Step("DroppedAbnormally(rst)").In(Full).Answering(TargetAnswer.Opens),
            "memory",
            "is full (510 MiB), and it drops connections");
        yield return Case(
            "a cap at a full group", Step("HandshakeRejected(503)").In(Full), "its own cap", "answers 503");
        yield return Case(
            "below 95 % of its memory",
            Lost("DroppedAbnormally(fin)").In(Full with { MemoryBytes = 480L << 20 }).Answering(TargetAnswer.Gone),
            null,
            "went away");
        yield return Case(
            "full without a limit",
            Step("HandshakeTimeout").In(Full with { MemoryLimitBytes = null }),
            null,
            "does not answer the upgrade");
        yield return Case("stopped in most periods", Step("HandshakeTimeout").In(Stopped), "processor",
            "the server is out of CPU time: its control group was throttled "
            + "in 75 % of its periods (60 of 80, 4.5 s in all)");
        yield return Case(
            "stopped, and its accept queue full by that",
            Step("ConnectTimeout").Server(new() { Processes = 1, ListenOverflows = 9, Group = Stopped }),
            "processor",
            "out of CPU time");
        yield return Case(
            "stopped, and silent as if it were gone",
            Lost("HandshakeTimeout").In(Stopped).Answering(TargetAnswer.Gone),
            "processor",
            "out of CPU time");
        yield return Case(
            "stopped, and dead at the count",
            Lost("HandshakeTimeout").Server(new() { Group = Stopped }).Answering(TargetAnswer.Gone),
            null,
            "went away");
        yield return Case(
            "stopped in less than half",
            Step("HandshakeTimeout").In(Stopped with { ThrottledPeriods = 39 }),
            null,
            "does not answer the upgrade");
        yield return Case(
            "stopped, and refusing in words", Step("HandshakeRejected(503)").In(Stopped), "its own cap", "answers 503");
        yield return Case(
            "stopped, and this client starved",
            Step("HandshakeTimeout").In(Stopped).Client(lag: 3_000),
            "this client",
            "short of processor time");
        yield return Case("descriptors", Step("HandshakeTimeout").Server(new()
        {
            Processes = 1,
            Descriptors = 1024,
            DescriptorLimit = 1024,
            Group = Stopped with { ThrottledPeriods = 1 },
        }), "descriptors", "out of file descriptors");
        yield return Case("accept queue", Step("ConnectTimeout").Server(new() { ListenOverflows = 9 }), "accept queue",
            "accept queue is full");
        foreach (var cap in new[]
        {
            "HandshakeRejected(503)",
            "HandshakeRejected(429)",
            "ClosedByPeer(1013)",
            "ClosedByPeer(1008)",
        })
            yield return Case(cap, Step(cap), "its own cap", "the server");
        yield return Case("a restart in words", Step("ClosedByPeer(1012)"), null, "restarts");
        yield return Case("this client", Step("ClientLimit(fd)"), "this client", "this client ran out");
    }

    [TestCaseSource(nameof(Limits))]
    public void What_ran_out_is_named(JudgedStep step, string? resource, string cause)
    {
        var bottleneck = Given.Run(Given.Step(100, 100), step).Judged().Bottleneck;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(bottleneck.Resource, Is.EqualTo(ResourceNames.Find(resource)), bottleneck.Cause);
            Assert.That(bottleneck.Cause, Does.Contain(cause));
            Assert.That(bottleneck.Next, Does.EndWith("."));
        }
    }

    [Test]
    public void The_group_is_evidence_in_any_case()
    {
        var bottleneck = Given.Run(Step("HandshakeTimeout").In(Stopped with { OomKills = 2, ThrottledPeriods = 20 }))
            .Judged().Bottleneck;
        Assert.That(bottleneck.Evidence, Has.Some.EqualTo("the server's control group: 50 MiB of 512 MiB of memory, 2 "
            + "processes killed for memory, throttled in 25 % of its CPU periods"));
    }

    [Test]
    public void A_server_that_ended_by_itself_is_told_with_its_known_last_words()
    {
        var run = Given.Run(Given.Step(100, 100), Lost("DroppedAbnormally(fin)").Answering(TargetAnswer.Gone)) with
        {
            AtSize = true,
            ServerEnds = [new(134, 0, Heap), new(null, 0, "")],
        };
        var bottleneck = run.Judged().Bottleneck;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(bottleneck.Cause, Is.EqualTo("the server under test went down in the step of 200: it "
                + "exited with code 134: JavaScript heap out of memory"));
            Assert.That(bottleneck.Resource, Is.EqualTo(Resource.Memory));
            Assert.That(
                bottleneck.Evidence, Has.Some.EqualTo("the server: it stopped answering and was killed"));
        }
    }

    // As .NET does: without another descriptor it says that it is out of memory, and aborts.
    [TestCase(200, "descriptors")]
    [TestCase(1_000, "memory")]
    public void A_server_that_ended_with_all_of_its_files_open_ran_out_of_descriptors(
        int most, string resource) => Assert.That(
        (Given.Run(Given.Step(100, 100), Lost("DroppedAbnormally(fin)")
            .Answering(TargetAnswer.Gone).But(result => result with { Opened = 198 })) with
        {
            AtSize = true, ServerEnds = [new(134, 0, "Out of memory.\n")], ServerDescriptors = most,
        }).Judged().Bottleneck.Resource,
        Is.EqualTo(ResourceNames.Find(resource)));

    [Test]
    public void A_heap_that_ran_full_explains_a_server_that_was_stopped_while_it_collected_garbage() => Assert.That(
        (Given.Run(Given.Step(100, 100), Lost("IdleLost").In(Stopped).Answering(TargetAnswer.Gone)) with
        {
            AtSize = true,
            ServerEnds = [new(134, 0, Heap)],
        })
            .Judged().Bottleneck.Resource,
        Is.EqualTo(Resource.Memory));

    [Test]
    public void At_a_size_a_server_that_went_away_is_a_limit_and_elsewhere_a_crash()
    {
        var run = Given.Run(
            Given.Step(100, 100), Lost("DroppedAbnormally(rst)").In(Killed).Answering(TargetAnswer.Gone));
        var verdict = (run with { AtSize = true }).Judged();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Judged().Outcome, Is.EqualTo(RunOutcome.Failed));
            Assert.That(
                (verdict.Outcome, verdict.MaxReliable, verdict.SafeLimit), Is.EqualTo((RunOutcome.Passed, 100, 80)));
        }
    }

    [TestCase(134, 0, Heap, "it exited with code 134: JavaScript heap out of memory", "memory")]
    [TestCase(134, 0, "Unhandled exception. System.OutOfMemoryException: Exception of type",
        "it exited with code 134: System.OutOfMemoryException", "memory")]
    [TestCase(139, 0, "Out of memory.\n", "it was killed by signal 11 (exit code 139): out of memory", "memory")]
    [TestCase(3, 0, "Terminating due to java.lang.OutOfMemoryError: Java heap space",
        "it exited with code 3: java.lang.OutOfMemoryError", "memory")]
    [TestCase(2, 0, "fatal error: runtime: out of memory",
        "it exited with code 2: the Go runtime is out of memory", "memory")]
    [TestCase(1, 0, "Error: accept EMFILE", "it exited with code 1: too many open files (EMFILE)",
        "descriptors")]
    [TestCase(137, 1, "", "the kernel killed 1 of its processes for memory (exit code 137)", "memory")]
    [TestCase(null, 2, "", "the kernel killed 2 of its processes for memory", "memory")]
    [TestCase(137, 0, "", "it was killed by signal 9 (exit code 137)", null)]
    [TestCase(1, 0, "token=secret", "it exited with code 1", null)]
    [TestCase(null, 0, "", "it stopped answering and was killed", null)]
    public void An_end_is_told_by_its_exit_code_and_by_known_words_alone(
        int? exitCode, long kills, string lastWords, string words, string? resource)
    {
        var end = ServerEndText.Of(new(exitCode, kills, lastWords));
        Assert.That(
            (end.Words, end.Resource, end.Next.EndsWith('.')), Is.EqualTo((words, ResourceNames.Find(resource), true)));
    }

    private static JudgedStep Step(string failure) => Given.Step(200, 120, failure);

    private static JudgedStep Lost(string failure) =>
        Given.Step(200, 0, failure).But(result => result with { Opened = 120 });

    private static TestCaseData Case(string name, JudgedStep step, string? resource, string cause) =>
        new TestCaseData(step, resource, cause).SetArgDisplayNames(name);
}
