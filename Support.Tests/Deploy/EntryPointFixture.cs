using System.Diagnostics;
using System.Runtime.Versioning;
using NUnit.Framework;
using Support.Tests.Docs;
using Support.Tests.Targets;

namespace Support.Tests.Deploy;

/// <summary>
/// deploy/entrypoint.sh in a root of its own, with a stand-in for <c>dotnet</c> that plays the suite.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal abstract class EntryPointFixture
{
    /// <summary>What the stand-in runs to leave a complete record.</summary>
    protected const string Complete = """printf '{\n  "complete": true\n}\n' >"$reports/capacity.json";""";

    /// <summary>What the stand-in runs to leave an incomplete record.</summary>
    protected const string Incomplete = """printf '{\n  "complete": false\n}\n' >"$reports/capacity.json";""";

    /// <summary>What the stand-in runs to leave a step of 200 and half a line, as a kill does.</summary>
    protected const string OneStep = """printf '{"kind":"step","step":{"sessions":200,"outcome":"reliable"}}\n"""
        + """{"kind":"st' >"$reports/steps.jsonl";""";

    private DirectoryInfo folder = null!;

    /// <summary>The reports folder of the run.</summary>
    protected string Reports => Path.Combine(folder.FullName, "reports");

    /// <summary>What the script takes for the root of the repository or of the image.</summary>
    protected string Root => Path.Combine(folder.FullName, "root");

    [SetUp]
    public void Make()
    {
        folder = Directory.CreateTempSubdirectory("entrypoint-");
        Directory.CreateDirectory(Reports);
        Directory.CreateDirectory(Path.Combine(Root, "deploy"));
        ShellScript.Write(Path.Combine(Root, "deploy", "entrypoint.sh"), Documents.Text("deploy/entrypoint.sh"));
        Project("CapacityTests");
        Project("ReportUpload");
    }

    [TearDown]
    public void Remove() => folder.Delete(recursive: true);

    /// <summary>Makes the root one with a project to build.</summary>
    protected void Project(string name) =>
        File.WriteAllText(
            Path.Combine(Directory.CreateDirectory(Path.Combine(Root, name)).FullName, $"{name}.csproj"),
            "<Project />");

    /// <summary>The stand-in for <c>dotnet</c>: the suite, the suite with a filter, and the uploader.</summary>
    protected string Dotnet(string run, string rebuild = "exit 1", string upload = "exit 9") => Script(
        "dotnet",
        $"""
        reports='{Reports}'
        metrics="$reports/metrics.emf.jsonl"
        case "$*" in
          *ReportUpload*) {upload} ;;
          *Filter* | *filter*) {rebuild.TrimEnd(';')} ;;
          *) {run} ;;
        esac
        """);

    /// <summary>A command that the script finds before the system's.</summary>
    protected string Script(string name, string body)
    {
        var path = Path.Combine(folder.FullName, name);
        ShellScript.Write(path, $"#!/bin/sh\n{body}\n");
        return path;
    }

    /// <summary>Runs the script to its end.</summary>
    protected Task<Ended> RunAsync(string dotnet, string? whenReady = null, int times = 1, params string[] arguments) =>
        RunAsync(dotnet, new Dictionary<string, string>(), whenReady, times, arguments);

    /// <summary>
    /// Runs the script to its end with more in its environment; sends a signal so often, each time that a file "ready"
    /// is there.
    /// </summary>
    protected async Task<Ended> RunAsync(
        string dotnet, IReadOnlyDictionary<string, string> settings, string? whenReady = null, int times = 1,
        params string[] arguments)
    {
        var stop = TestContext.CurrentContext.CancellationToken;
        using var process = Start(dotnet, settings, arguments);
        try
        {
            for (var sent = 0; whenReady is not null && sent < times; sent++)
            {
                await UntilReadyAsync(stop);
                using var kill = Process.Start("kill", [$"-{whenReady}", $"{process.Id}"]);
                await kill.WaitForExitAsync(stop);
            }

            var output = await process.StandardOutput.ReadToEndAsync(stop);
            await process.WaitForExitAsync(stop);
            return new Ended(process.ExitCode, output.TrimEnd('\n').Split('\n'));
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Starts the script; its output is the caller's to read.</summary>
    protected Process Start(string dotnet, IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            Path.Combine(Root, "deploy", "entrypoint.sh"), arguments) { RedirectStandardOutput = true };
        start.Environment["PATH"] = $"{Path.GetDirectoryName(dotnet)}:{start.Environment["PATH"]}";
        start.Environment["CAPACITY_REPORTS_DIRECTORY"] = Reports;
        start.Environment.Remove("CAPACITY_AWS_REPORTSBUCKET");
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private async Task UntilReadyAsync(CancellationToken stop)
    {
        var ready = Path.Combine(Reports, "ready");
        while (!File.Exists(ready))
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, stop);
        File.Delete(ready);
    }

    /// <summary>How the script ended, and what it wrote.</summary>
    protected sealed record Ended(int Code, string[] Lines)
    {
        public string LastLine => Lines[^1];
    }
}
