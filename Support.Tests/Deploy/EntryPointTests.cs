using System.Runtime.Versioning;
using NUnit.Framework;
using Support.Host;
using Support.Reports;
using Support.Reports.Data;
using Support.Tests.Reports;
using Support.Verdict;

namespace Support.Tests.Deploy;

/// <summary>
/// deploy/entrypoint.sh with a stand-in for <c>dotnet</c>: the exit code follows the record and the signals, not the
/// runner alone.
/// </summary>
[CancelAfter(60_000)]
[Platform("Linux")]
[UnsupportedOSPlatform("windows")]
internal sealed class EntryPointTests : EntryPointFixture
{
    [TestCase(Complete + "exit 0", 0, "ended with exit code 0; its record is complete; exit code 0")]
    [TestCase(Complete + "exit 1", 1, "ended with exit code 1; its record is complete; exit code 1")]
    [TestCase(Incomplete + "exit 0", 3, "ended with exit code 0; its record is incomplete; exit code 3")]
    [TestCase("exit 0", 3, "killed before anything was measured; no report; exit code 3")]
    [TestCase("exit 1", 3, "killed before anything was measured; no report; exit code 3")]
    [TestCase(OneStep + "exit 0", 3, "killed after step 200; no report could be rebuilt; exit code 3")]
    public async Task No_complete_record_is_no_success(string run, int code, string says)
    {
        var ended = await RunAsync(Dotnet(run, rebuild: "exit 1"));

        Assert.That((ended.Code, ended.LastLine), Is.EqualTo((code, $"entrypoint: {says}")));
    }

    [TestCase(RunOutcome.Passed, PublicationOutcome.NotPublished, 1, 4)]
    [TestCase(RunOutcome.Passed, PublicationOutcome.Published, 1, 1)]
    [TestCase(RunOutcome.Failed, PublicationOutcome.NotPublished, 1, 1)]
    [TestCase(RunOutcome.Passed, PublicationOutcome.NotPublished, 5, 5)]
    public async Task Measured_and_not_published_is_no_missed_gate(
        RunOutcome verdict, PublicationOutcome published, int ends, int code)
    {
        var passed = SampleReports.Passed();
        var report = passed with
        {
            Verdict = passed.Verdict with { Outcome = verdict },
            Publications = [
                new("metrics", PublicationOutcome.Published, "log", ""),
                new("reports", published, "s3://evidence/", "\"outcome\": \"notPublished\""),
            ],
        };
        File.WriteAllText(Path.Combine(Root, "measured.json"), DataJson.Render(report));
        var ended = await RunAsync(Dotnet($"""cp measured.json "$reports/capacity.json"; exit {ends}"""));

        Assert.That(
            (ended.Code, ended.LastLine),
            Is.EqualTo((code, $"entrypoint: ended with exit code {ends}; its record is complete"
                + $"{(code == 4 ? "; every gate was met, and not all was published" : "")}; exit code {code}")));
    }

    [Test]
    public async Task The_record_of_an_earlier_run_is_not_taken_for_this_ones()
    {
        File.WriteAllText(Path.Combine(Reports, "capacity.json"), "{\n  \"complete\": true\n}\n");
        File.WriteAllText(
            Path.Combine(Reports, "steps.jsonl"),
            "{\"kind\":\"step\",\"step\":{\"sessions\":500,\"outcome\":\"reliable\"}}\n");
        var ended = await RunAsync(Dotnet("exit 0", rebuild: Incomplete));

        Assert.That(
            (ended.Code, ended.LastLine),
            Is.EqualTo((3, "entrypoint: killed before anything was measured; no report; exit code 3")));
    }

    [Test]
    public async Task After_a_kill_the_report_is_rebuilt_with_the_verdict_alone()
    {
        var ended = await RunAsync(
            Dotnet(OneStep + "kill -KILL $$", rebuild: Incomplete + """echo "$*" >"$reports/rebuilt";"""));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (ended.Code, ended.LastLine),
                Is.EqualTo((3, "entrypoint: killed after step 200; report rebuilt, marked incomplete; exit code 3")));
            Assert.That(
                File.ReadAllText(Path.Combine(Reports, "rebuilt")),
                Is.EqualTo("test CapacityTests --no-build --filter FullyQualifiedName~CapacityTests.VerdictTests\n"));
        }
    }

    [Test]
    public async Task A_rebuilt_report_that_does_not_say_it_is_incomplete_is_not_called_so()
    {
        var ended = await RunAsync(Dotnet(OneStep + "kill -KILL $$", rebuild: Complete));

        Assert.That(
            (ended.Code, ended.LastLine),
            Is.EqualTo(
                (3, "entrypoint: killed after step 200; a report was written that does not say so; exit code 3")));
    }

    [TestCase("TERM", 143)]
    [TestCase("INT", 130)]
    public async Task A_signal_reaches_the_test_host_and_the_exit_code(string signal, int code)
    {
        // Sent to the script alone, as a container's runtime does: the runner never sees it.
        var host = Script("testhost", $"reports='{Reports}'; trap {ShellWord.Quoted($"{Incomplete} exit 0")} TERM; : "
            + ">\"$reports/ready\"; while :; do sleep 0.05; done");
        var ended = await RunAsync(Dotnet($"sh '{host}'; exit 0", rebuild: "exit 1"), whenReady: signal);

        Assert.That((ended.Code, ended.LastLine), Is.EqualTo((code, $"entrypoint: stopped by SIG{signal}; ended with "
            + $"exit code 0; its record is incomplete; exit code {code}")));
    }

    [Test]
    public async Task A_second_signal_reaches_the_test_host_as_well()
    {
        var host = Script("testhost", $"reports='{Reports}'; n=0; trap 'n=$((n + 1)); : >\"$reports/ready\"' TERM; : "
            + ">\"$reports/ready\"; while [ $n -lt 2 ]; do sleep 0.05; done");
        var ended = await RunAsync(Dotnet($"sh '{host}'; exit 0", rebuild: "exit 1"), whenReady: "TERM", times: 2);

        Assert.That((ended.Code, ended.LastLine), Is.EqualTo(
            (143, "entrypoint: stopped by SIGTERM; killed before anything was measured; no report; exit code 143")));
    }

    [Test]
    public async Task Another_command_is_run_in_its_place()
    {
        var ended = await RunAsync(
            Dotnet("exit 9", rebuild: "exit 9"), arguments: ["sh", "-c", $"reports='{Reports}'; {Complete} exit 5"]);

        Assert.That(ended.Code, Is.EqualTo(5));
    }
}
