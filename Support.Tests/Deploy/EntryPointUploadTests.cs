using System.Runtime.Versioning;
using NUnit.Framework;
using Support.Host;

namespace Support.Tests.Deploy;

/// <summary>
/// What deploy/entrypoint.sh runs where there is no project to build, and the upload of the reports at its end.
/// </summary>
[CancelAfter(60_000)]
[Platform("Linux")]
[UnsupportedOSPlatform("windows")]
internal sealed class EntryPointUploadTests : EntryPointFixture
{
    private const string Sent = """echo "$*" >"$reports/sent"; exit 0""";

    private static readonly Dictionary<string, string> Bucket = new() { ["CAPACITY_AWS_REPORTSBUCKET"] = "evidence" };

    [TestCase(
        Complete + "exit 0", Sent, 0, "ended with exit code 0; its record is complete; reports uploaded; exit code 0")]
    [TestCase(
        Complete + "exit 5", Sent, 5, "ended with exit code 5; its record is complete; reports uploaded; exit code 5")]
    [TestCase(Complete + "exit 0", "exit 7", 4,
        "ended with exit code 0; its record is complete; reports not uploaded: exit code 7; exit code 4")]
    [TestCase(Complete + "exit 5", "exit 7", 5,
        "ended with exit code 5; its record is complete; reports not uploaded: exit code 7; exit code 5")]
    [TestCase(OneStep + "kill -KILL $$", Sent, 3,
        "killed after step 200; report rebuilt, marked incomplete; reports uploaded; exit code 3")]
    public async Task The_upload_comes_last_and_hides_no_exit_code(string run, string upload, int code, string says)
    {
        var ended = await RunAsync(Dotnet(run, rebuild: Incomplete, upload), Bucket);

        Assert.That((ended.Code, ended.LastLine), Is.EqualTo((code, $"entrypoint: {says}")));
    }

    [Test]
    public async Task After_a_stop_the_reports_are_uploaded()
    {
        var host = Script("testhost", $"reports='{Reports}'; trap {ShellWord.Quoted($"{Incomplete} exit 0")} TERM; : "
            + ">\"$reports/ready\"; while :; do sleep 0.05; done");
        var ended = await RunAsync(Dotnet($"sh '{host}'; exit 0", upload: Sent), Bucket, whenReady: "TERM");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((ended.Code, ended.LastLine), Is.EqualTo(
                (143, "entrypoint: stopped by SIGTERM; ended with exit code 0; its record "
                    + "is incomplete; reports uploaded; exit code 143")));
            Assert.That(SentWith(), Is.EqualTo("run --no-build --project ReportUpload -- --within 7"));
        }
    }

    [Test]
    public async Task An_upload_that_takes_too_long_is_killed_and_said()
    {
        // In place of 60 s that pass.
        Script("timeout", $"echo \"$*\" >'{Reports}/bound'; exit 137");
        var ended = await RunAsync(Dotnet($"{Complete} exit 0"), Bucket);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ended.Code, Is.EqualTo(4));
            Assert.That(
                ended.LastLine, Does.EndWith("reports not uploaded: killed, or not done within 60 s; exit code 4"));
            Assert.That(
                File.ReadAllText(Path.Combine(Reports, "bound")),
                Does.StartWith("-s KILL 60 dotnet ").And.EndsWith(" --within 50\n"));
        }
    }

    [Test]
    public async Task A_stop_while_the_reports_go_up_reaches_the_upload()
    {
        const string Waits = """trap 'exit 1' TERM; : >"$reports/ready"; while :; do sleep 0.05; done""";
        var ended = await RunAsync(Dotnet($"{Complete} exit 0", upload: Waits), Bucket, whenReady: "TERM");

        Assert.That((ended.Code, ended.LastLine), Is.EqualTo((4, "entrypoint: ended with exit code 0; its record is "
            + "complete; reports not uploaded: exit code 1; exit code 4")));
    }

    [Test]
    public async Task What_an_earlier_run_left_is_not_uploaded_as_this_ones()
    {
        File.WriteAllText(Path.Combine(Reports, "capacity.json"), "{\n  \"complete\": true\n}\n");
        var nothing = await RunAsync(Dotnet("exit 0", upload: Sent), Bucket);
        var isSent = File.Exists(Path.Combine(Reports, "sent"));
        await RunAsync(Dotnet(OneStep + "kill -KILL $$", rebuild: "exit 1", Sent), Bucket);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(nothing.LastLine, Is.EqualTo("entrypoint: killed before anything was measured; no report; "
                + "reports not uploaded: this run wrote none; exit code 3"));
            Assert.That(isSent, Is.False);
            Assert.That(SentWith(), Does.EndWith(" --within 50 --run-of-steps"));
        }
    }

    [Test]
    public async Task The_upload_waits_for_no_reader_of_the_output()
    {
        var stop = TestContext.CurrentContext.CancellationToken;
        // More than the pipe to this process takes, and less than that and the one to the relay (65,536 bytes each,
        // pipe(7)).
        const string Much = "n=0; while [ $n -lt 1000 ]; do n=$((n + 1)); printf '%0100d\n' $n; done;";
        using var process = Start(Dotnet($"{Much} {Complete} exit 0", upload: Sent), Bucket);
        await process.WaitForExitAsync(stop);

        Assert.That(
            (process.ExitCode, SentWith()), Is.EqualTo((0, "run --no-build --project ReportUpload -- --within 50")));
    }

    [TestCase("none")]
    [TestCase("")]
    public async Task Without_a_bucket_nothing_is_uploaded(string bucket)
    {
        var ended = await RunAsync(
            Dotnet($"{Complete} exit 0", upload: Sent),
            new Dictionary<string, string> { ["CAPACITY_AWS_REPORTSBUCKET"] = bucket });

        Assert.That((ended.Code, File.Exists(Path.Combine(Reports, "sent"))), Is.EqualTo((0, false)));
    }

    [Test]
    public async Task In_an_image_the_built_assemblies_are_run_with_nothing_of_the_SDK()
    {
        Directory.Delete(Path.Combine(Root, "CapacityTests"), recursive: true);
        Directory.Delete(Path.Combine(Root, "ReportUpload"), recursive: true);
        const string Remember = """echo "$*" >>"$reports/ran";""";
        var ended = await RunAsync(Dotnet(Remember + OneStep + "kill -KILL $$", Remember + Incomplete, Sent), Bucket);

        var command = "exec vstest/vstest.console.dll CapacityTests/CapacityTests.dll --Settings:.runsettings "
            + $"--ResultsDirectory:{Reports} "
            + "--Logger:screen --Logger:console;verbosity=quiet --Logger:trx;LogFileName=capacity.trx";
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ended.Code, Is.EqualTo(3));
            Assert.That(File.ReadAllLines(Path.Combine(Reports, "ran")), Is.EqualTo(new[]
            {
                command,
                $"{command} --TestCaseFilter:FullyQualifiedName~CapacityTests.VerdictTests",
            }));
            Assert.That(SentWith(), Is.EqualTo("ReportUpload/ReportUpload.dll --within 50"));
        }
    }

    private string SentWith() => File.ReadAllText(Path.Combine(Reports, "sent")).TrimEnd('\n');
}
