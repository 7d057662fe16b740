using System.Runtime.InteropServices;
using Support.Aws.Storage;
using Support.Settings;

if (UploadOptions.Parse(args) is not { } options)
{
    Console.WriteLine("""
        ReportUpload [--within SECONDS] [--run-of-steps] copies the reports folder of a capacity run to Aws.ReportsBucket, below Aws.ReportsPrefix and the run's id.
        --within SECONDS  how long it may take: 5 to 600, 50 by default.  --run-of-steps  capacity.json is an earlier run's, and steps.jsonl names the run.
        It reads three variables: CAPACITY_AWS_REPORTSBUCKET, CAPACITY_AWS_REPORTSPREFIX, CAPACITY_REPORTS_DIRECTORY.
        Exit codes: 0 published, or no bucket is set; 1 not published; 2 an argument or one of the three variables cannot be used.
        """);
    return args is ["--help"] or ["-h"] ? 0 : 2;
}

// What stops the container stops no upload, and leaves it only the seconds that a stopped run's would have had.
using var stop = new CancellationTokenSource();
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Hurry);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Hurry);
var (exitCode, line) = await UploadCommand.RunAsync(
    options, ProcessEnvironment.Read(), ProcessEnvironment.BaseDirectory(), TimeProvider.System, stop.Token);
Console.WriteLine(line);
return exitCode;

void Hurry(PosixSignalContext context)
{
    context.Cancel = true;
    stop.CancelAfter(TimeSpan.FromSeconds(7));
}
