using System.Diagnostics;
using NUnit.Framework;
using Support.Aws.Storage;
using Support.Ecs;
using Support.Reports.Data;
using Support.Reports.Files;
using Support.Targets;
using Support.Tests.Ecs;
using Support.Tests.Reports;

namespace Support.Tests.Aws.Publishing;

/// <summary>The program that the container's entry point calls after the run.</summary>
internal sealed class ReportUploadTests
{
    private static readonly StepsLogHeader Header =
        new("steps-run", SampleReports.Started, "aws", 0.8, "1.0.0", "ws://a/", false);

    private TemporaryFolder temporary = null!;

    [SetUp]
    public void Make() => temporary = new TemporaryFolder();

    [TearDown]
    public void Remove() => temporary.Dispose();

    [Test]
    [CancelAfter(120_000)]
    public async Task The_reports_of_a_run_get_to_the_bucket_and_the_line_says_where(
        CancellationToken cancellationToken)
    {
        var moto = await SharedMoto.GetAsync();
        using var clients = SharedMoto.ClientsOf(moto.Url);
        await SharedMoto.MakeBucketAsync("by-program");
        var folder = temporary.Folder;
        folder.Write("capacity.json", DataJson.Render(SampleReports.LimitFound()));
        folder.Write("capacity.trx", "<TestRun />");
        var (exitCode, output) = await RunAsync(moto, cancellationToken, ("CAPACITY_AWS_REPORTSBUCKET", "by-program"),
            ("CAPACITY_REPORTS_DIRECTORY", folder.Directory));
        var keys = (await clients.S3.ListObjectsV2Async(
            new() { BucketName = "by-program" }, cancellationToken)).S3Objects.Select(found => found.Key);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.Zero, output);
            Assert.That(
                output,
                Does.StartWith("reports uploaded to s3://by-program/capacity/20261115-093012-4f2a/: 2 files, "));
            Assert.That(keys, Is.EquivalentTo(
                new[] { "capacity/20261115-093012-4f2a/capacity.json", "capacity/20261115-093012-4f2a/capacity.trx" }));
        }
    }

    [Test]
    [CancelAfter(120_000)]
    public async Task Exit_codes_tell_nothing_to_do_from_not_published_and_from_bad_settings(
        CancellationToken cancellationToken)
    {
        var moto = await SharedMoto.GetAsync();
        var folder = ("CAPACITY_REPORTS_DIRECTORY", temporary.Folder.Directory);
        var nothing = await RunAsync(moto, cancellationToken, folder);
        var unknown = await RunAsync(moto, cancellationToken, folder, ("CAPACITY_AWS_REPORTSBUCKET", "by-program"));
        var bad = await RunAsync(moto, cancellationToken, folder, ("CAPACITY_AWS_REPORTSBUCKET", "Not_A_Bucket"));
        temporary.Folder.Write("capacity.json", """{ "run": { "id": "a-run" } }""");
        var missing = await RunAsync(moto, cancellationToken, folder, ("CAPACITY_AWS_REPORTSBUCKET", "missing-bucket"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(nothing.ExitCode, Is.Zero, nothing.Output);
            Assert.That(nothing.Output, Does.StartWith("reports not uploaded: Aws.ReportsBucket"));
            Assert.That(unknown.ExitCode, Is.EqualTo(1), unknown.Output);
            Assert.That(unknown.Output, Does.Contain("names a run"));
            Assert.That(bad.ExitCode, Is.EqualTo(2), bad.Output);
            Assert.That(bad.Output, Does.Contain("Aws.ReportsBucket"));
            Assert.That(missing.ExitCode, Is.EqualTo(1), missing.Output);
            Assert.That(missing.Output, Does.StartWith(
                "reports not uploaded to s3://missing-bucket/capacity/a-run/: measured, not published: 0 of 1 files"));
        }
    }

    [TestCase(true)]
    [TestCase(false)]
    [CancelAfter(120_000)]
    public async Task Where_nothing_names_a_region_it_is_that_of_the_task(
        bool isInReport, CancellationToken cancellationToken)
    {
        var moto = await SharedMoto.GetAsync();
        var bucket = isInReport ? "of-the-task-reported" : "of-the-task-asked";
        await SharedMoto.MakeBucketAsync(bucket);
        await using var metadata = new FakeMetadataServer();
        metadata.Fargate();
        temporary.Folder.Write(
            "capacity.json",
            isInReport ? DataJson.Render(SampleTasks.OnFargate()) : """{ "run": { "id": "a-run" } }""");
        var (exitCode, output) = await RunAsync(
            moto,
            cancellationToken,
            ("AWS_REGION", ""),
            ("AWS_DEFAULT_REGION", ""),
            ("CAPACITY_AWS_REPORTSBUCKET", bucket),
            ("CAPACITY_REPORTS_DIRECTORY", temporary.Folder.Directory),
            (isInReport ? "NOT_IN_ECS" : MetadataEndpoint.Version4, metadata.Uri));

        Assert.That((exitCode, metadata.Asked.Count > 0), Is.EqualTo((0, !isInReport)), output);
    }

    [Test]
    [CancelAfter(120_000)]
    public async Task The_reports_of_a_run_with_bad_settings_get_there_too(CancellationToken cancellationToken)
    {
        var moto = await SharedMoto.GetAsync();
        await SharedMoto.MakeBucketAsync("bad-settings");
        temporary.Folder.Write("capacity.json", """{ "run": { "id": "a-run" } }""");
        var (exitCode, output) = await RunAsync(
            moto,
            cancellationToken,
            ("CAPACITY_LADDER_STEPS", "many"),
            ("CAPACITY_UNKNOWN", "1"),
            ("CAPACITY_AWS_REPORTSBUCKET", "bad-settings"),
            ("CAPACITY_REPORTS_DIRECTORY", temporary.Folder.Directory));

        Assert.That(
            (exitCode, output),
            Is.EqualTo((0, "reports uploaded to s3://bad-settings/capacity/a-run/: 1 files, 28 bytes\n")));
    }

    [TestCase("", 50, false)]
    [TestCase("--within 7", 7, false)]
    [TestCase("--run-of-steps --within 600", 600, true)]
    public void What_its_caller_knows_is_taken(string arguments, int seconds, bool isRunOfSteps) =>
        Assert.That(
            UploadOptions.Parse(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
            Is.EqualTo(new UploadOptions(TimeSpan.FromSeconds(seconds), isRunOfSteps)));

    [TestCase("--within")]
    [TestCase("--within 4")]
    [TestCase("--within 601")]
    [TestCase("--within 7s")]
    [TestCase("other")]
    public void What_is_no_argument_of_it_is_refused(string arguments) =>
        Assert.That(UploadOptions.Parse(arguments.Split(' ')), Is.Null);

    [Test]
    public void Where_the_report_is_an_earlier_runs_the_log_of_steps_alone_names_the_run()
    {
        StepsLog.Start(temporary.Folder, Header);
        temporary.Folder.Write("capacity.json", """{ "run": { "id": "earlier" } }""");
        Assert.That(UploadedRun.IdOf(temporary.Folder, isRunOfSteps: true), Is.EqualTo("steps-run"));
    }

    [TestCase("""{ "rebuilt": null, "run": { "id": "own" } }""", "own")]
    [TestCase("""{ "rebuilt": { "run": "killed" }, "run": { "id": "own" } }""", "killed")]
    [TestCase("""{ "run": { "id": "../../elsewhere" } }""", "steps-run")]
    [TestCase("""{ "run": { "id": ".." } }""", "steps-run")]
    [TestCase("""{ "run": 5 }""", "steps-run")]
    [TestCase("[", "steps-run")]
    [TestCase(null, "steps-run")]
    public void The_run_is_that_of_the_report_and_else_of_the_log_of_steps(string? report, string run)
    {
        StepsLog.Start(temporary.Folder, Header);
        if (report is not null)
            temporary.Folder.Write("capacity.json", report);
        Assert.That(UploadedRun.IdOf(temporary.Folder), Is.EqualTo(run));
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(
        MotoServer moto, CancellationToken cancellationToken, params (string Name, string Value)[] settings)
    {
        var program = new HelperProcess("ReportUpload", "the upload", "").Find();
        var start = new ProcessStartInfo("dotnet", [program]) { RedirectStandardOutput = true };
        foreach (var (name, value) in moto.Environment.Select(pair => (pair.Key, pair.Value)).Concat(settings))
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, output);
    }
}
