using System.Net;
using NUnit.Framework;
using Support.Host;
using Support.Settings;

namespace Support.Tests.Host;

[TestFixture]
internal sealed class EnvironmentChecksTests
{
    private static readonly string[] Order =
    [
        "Environment.Platform", "Environment.CpuLimit", "Environment.MemoryLimit", "Environment.FileDescriptors",
        "Environment.EphemeralPorts", "Environment.ListenBacklog", "Environment.ConnectionTracking",
        "Environment.SocketMemory", "Environment.TargetName", "Environment.TargetTrust", "Environment.TargetHandshake",
    ];

    private static readonly string[] NotAnswerable = [.. Order[1..8]];

    [Test]
    public void The_checks_stand_in_order_with_stable_ids() =>
        Assert.That(EnvironmentCheck.All.Select(check => check.Id), Is.EqualTo(Order));

    [Test]
    public void Titles_state_a_fact_in_at_most_70_characters()
    {
        foreach (var check in EnvironmentCheck.All)
            Assert.That(check.Title, Has.Length.InRange(10, 70).And.Not.Contain("should").And.Not.Contain("erify"));
    }

    [Test]
    [CancelAfter(20_000)]
    public async Task A_captured_machine_answers_every_check(CancellationToken cancellationToken)
    {
        using var tree = new FakeTree().WithCapturedMachine();
        var findings = await RunAsync(Context(tree, "ws://127.0.0.1:18080/"), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(findings.Select(finding => finding.Id), Is.EqualTo(Order));
            Assert.That(findings.Where(finding => finding.Outcome > CheckOutcome.Passed), Is.Empty);
            Assert.That(
                Actual(findings, "FileDescriptors"),
                Is.EqualTo("soft 20,000 (/proc/self/limits), hard 20,000 (/proc/self/limits)"));
            Assert.That(
                Actual(findings, "EphemeralPorts"),
                Does.StartWith("28,224 free: ports 32768 to 60999 less 0 reserved and 1 listening"));
            Assert.That(
                Actual(findings, "EphemeralPorts"),
                Does.Contain("less 7 held (TIME_WAIT 2, used again after a second;"));
            Assert.That(Actual(findings, "ConnectionTracking"), Does.StartWith("at most 262,144"));
        }
    }

    [Test]
    [CancelAfter(20_000)]
    public async Task A_machine_without_files_is_not_known_and_throws_nothing(CancellationToken cancellationToken)
    {
        using var tree = new FakeTree();
        var findings = await RunAsync(Context(tree, "ws://127.0.0.1:18080/"), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(findings.Select(finding => finding.Actual), Has.None.Contains("could not be read"));
            Assert.That(findings.Where(finding => finding.Outcome == CheckOutcome.Critical), Is.Empty);
            Assert.That(
                Actual(findings, "FileDescriptors"),
                Does.Contain("not known: the file is absent or not readable (/proc/self/limits)"));
        }
    }

    [TestCase("")]
    [TestCase("\0\u0001garbage -7 max : / 99999999999999999999 - cgroup2 cgroup2 rw")]
    [TestCase("-1 -1\n-1\n")]
    [CancelAfter(20_000)]
    public async Task A_machine_of_garbage_is_not_known_and_throws_nothing(
        string garbage, CancellationToken cancellationToken)
    {
        using var tree = new FakeTree().WithCapturedMachine();
        foreach (var file in Directory.GetFiles(tree.Root, "*", SearchOption.AllDirectories))
            await File.WriteAllTextAsync(file, garbage, cancellationToken);

        var findings = await RunAsync(Context(tree, "ws://127.0.0.1:18080/"), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(findings.Select(finding => finding.Actual), Has.None.Contains("could not be read"));
            Assert.That(findings.Where(finding => finding.Outcome == CheckOutcome.Critical), Is.Empty);
            Assert.That(findings.SelectMany(finding => finding.Actual), Has.None.Matches<char>(char.IsControl));
        }
    }

    [Test]
    [CancelAfter(20_000)]
    public async Task On_another_system_what_Linux_alone_has_is_not_applicable(CancellationToken cancellationToken)
    {
        using var tree = new FakeTree();
        var context = Context(
            tree, "ws://127.0.0.1:18080/", Machines.Linux with { IsLinux = false, System = "Darwin 25" });

        var findings = await RunAsync(context, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                findings.Where(finding => finding.Actual.StartsWith("Darwin 25 has neither", StringComparison.Ordinal))
                    .Select(finding => finding.Id),
                Is.EqualTo(NotAnswerable));
            Assert.That(findings.Where(finding => finding.Outcome > CheckOutcome.Passed), Is.Empty);
        }
    }

    [Test]
    [CancelAfter(20_000)]
    public async Task A_check_that_throws_is_a_warning(CancellationToken cancellationToken)
    {
        var check = new EnvironmentCheck(
            "Broken", "Broken", (_, _, _) => throw new InvalidOperationException("the reason"));
        using var tree = new FakeTree();

        var found = await check.RunAsync(Context(tree, "ws://127.0.0.1:18080/"), cancellationToken);

        Assert.That(
            (found.Outcome, found.Actual),
            Is.EqualTo((CheckOutcome.Warning, "could not be read: InvalidOperationException: the reason")));
    }

    [Test]
    [CancelAfter(20_000)]
    public void A_check_that_is_cancelled_ends()
    {
        using var tree = new FakeTree();
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.That(
            async () => await EnvironmentCheck.All[0].RunAsync(Context(tree, "ws://127.0.0.1:18080/"), stop.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    [CancelAfter(20_000)]
    public async Task The_machine_is_read_once_for_all_checks(CancellationToken cancellationToken)
    {
        var asked = 0;
        using var tree = new FakeTree();
        var context = Context(tree, "ws://target.example/", resolve: (_, _) =>
        {
            Interlocked.Increment(ref asked);
            return Task.FromResult<IPAddress[]>([IPAddress.Parse("192.0.2.1")]);
        });

        await RunAsync(context, cancellationToken);

        Assert.That(asked, Is.EqualTo(1));
    }

    private static string Actual(IEnumerable<Finding> findings, string name) =>
        findings.Single(finding => finding.Id == $"Environment.{name}").Actual;

    private static async Task<List<Finding>> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        foreach (var check in EnvironmentCheck.All)
            findings.Add(await check.RunAsync(context, cancellationToken));

        return findings;
    }

    private static CheckContext Context(
        FakeTree tree,
        string url,
        RuntimeFacts? runtime = null,
        Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null) => new()
        {
            Settings = new CapacitySettings { Target = new TargetSettings { Url = new Uri(url) } },
            LadderTop = 1000,
            Handshake = _ => Task.FromResult(new HandshakeProbe(true, "101", "")),
            Reader = new EnvironmentReader(tree.Files, resolve, runtime: runtime ?? Machines.Linux),
        };
}
