using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Support.Reports.Files;
using Support.Run;
using Support.Tests.Compat;
using Support.Tests.Reports;

namespace Support.Tests.Run;

/// <summary>
/// A process that dies of an error on a thread that nobody waits for, as that of Allure's writer is: a process of
/// its own, which runs what <see cref="StartupHook"/> is told to.
/// </summary>
internal sealed class CrashTests
{
    [Test, CancelAfter(60_000)]
    public async Task An_attachment_that_cannot_be_written_ends_the_process(CancellationToken stop)
    {
        using var temporary = new TemporaryFolder();
        var configuration = Path.Combine(temporary.Root, "allureConfig.json");
        var allure = new { directory = Path.Combine(temporary.Root, "allure-results") };
        await File.WriteAllTextAsync(configuration, JsonSerializer.Serialize(new { allure }), stop);

        var (exitCode, error) = await DieAsync(
            nameof(AllureTestsCleaningSample), temporary.Root, ("ALLURE_CONFIG", configuration), stop);

        Assert.That((exitCode, error), Is.EqualTo((134, nameof(DirectoryNotFoundException))));
    }

    [Test, CancelAfter(60_000)]
    public async Task A_run_that_dies_leaves_every_report_of_what_it_measured(CancellationToken stop)
    {
        using var temporary = new TemporaryFolder();

        var (exitCode, error) = await DieAsync(nameof(StopSignals), temporary.Root, ("TMPDIR", temporary.Root), stop);

        var folder = new ReportFolder(
            Path.Combine(Directory.GetDirectories(temporary.Root, "reports-*").Single(), "latest"));
        using var json = JsonDocument.Parse(folder.Read("capacity.json")!);
        string[] files = ["capacity.md", "capacity.html", "junit.xml"];
        using (Assert.EnterMultipleScope())
        {
            Assert.That((exitCode, error), Is.EqualTo((134, nameof(FormatException))));
            Assert.That(json.RootElement.GetProperty("complete").GetBoolean(), Is.False);
            Assert.That(
                json.RootElement.GetProperty("interrupted").GetString(), Does.Contain(nameof(FormatException)));
            Assert.That(
                json.RootElement.GetProperty("verdict").GetProperty("heldAtOnce").GetInt32(), Is.EqualTo(200));
            Assert.That(files.Where(name => folder.Read(name) is null), Is.Empty);
        }
    }

    private static async Task<(int ExitCode, string Error)> DieAsync(
        string how, string folder, (string Name, string Value) variable, CancellationToken stop)
    {
        var program = typeof(CrashTests).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", [program])
        {
            RedirectStandardError = true, WorkingDirectory = folder,
        };
        start.Environment["DOTNET_STARTUP_HOOKS"] = program;
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        start.Environment[StartupHook.Variable] = how;
        start.Environment[variable.Name] = variable.Value;
        using var process = Process.Start(start)!;
        var said = await process.StandardError.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop);
        var error = Regex.Match(said, @"^Unhandled exception\. [\w.]*?(\w+):");
        return (process.ExitCode, error.Success ? error.Groups[1].Value : said);
    }
}
