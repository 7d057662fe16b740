using System.Runtime.InteropServices;
using Support.Aws;
using Support.Aws.Storage;
using Support.Settings;

if (args.Length > 0)
{
    Console.WriteLine("""
        ReportUpload copies the reports folder of a capacity run to Aws.ReportsBucket, below Aws.ReportsPrefix and the run's id.
        It takes no arguments and reads the CAPACITY_… variables alone: CAPACITY_AWS_REPORTSBUCKET, CAPACITY_AWS_REPORTSPREFIX, CAPACITY_REPORTS_DIRECTORY.
        Exit codes: 0 published, or no bucket is set; 1 not published; 2 the settings cannot be used.
        """);
    return args is ["--help"] or ["-h"] ? 0 : 2;
}

// What stops the container comes to every process of it: the few seconds of an upload are what the rest of its time is for.
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
using var clients = new AwsClients();
var (exitCode, line) = await UploadCommand.RunAsync(ProcessEnvironment.Read(), BaseDirectory(), () => clients.S3, TimeProvider.System, CancellationToken.None);
Console.WriteLine(line);
return exitCode;

// Where the suite itself looks for relative paths: the folder of Tests.sln, else the current one.
static string BaseDirectory()
{
    for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
    {
        if (File.Exists(Path.Combine(folder.FullName, "Tests.sln")))
            return folder.FullName;
    }

    return Directory.GetCurrentDirectory();
}
