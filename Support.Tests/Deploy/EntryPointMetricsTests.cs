using System.Globalization;
using System.Runtime.Versioning;
using NUnit.Framework;

namespace Support.Tests.Deploy;

/// <summary>
/// Metric lines on the output of deploy/entrypoint.sh: whole, each once, to the last one, and never glued to a line of
/// the suite.
/// </summary>
[CancelAfter(60_000)]
[Platform("Linux")]
[UnsupportedOSPlatform("windows")]
internal sealed class EntryPointMetricsTests : EntryPointFixture
{
    private static readonly Dictionary<string, string> NoSettings = [];

    [Test]
    public async Task Metrics_come_whole_and_once_between_lines_that_are_written_in_halves()
    {
        // Every third metric is longer than what the kernel writes to a pipe at once (4,096 bytes, POSIX PIPE_BUF).
        const string Hammer = """
            long=$(printf '%05000d' 7)
            (n=0; while [ $n -lt 300 ]; do
              n=$((n + 1)); value=$n; [ $((n % 3)) -ne 0 ] || value=$long
              printf '{"_aws":{},"n":%d,"value":"%s"}\n' $n "$value" >>"$metrics"
            done) &
            n=0; while [ $n -lt 600 ]; do n=$((n + 1)); printf 'row %d ' $n; printf 'is whole \\ %%d\n'; done
            wait
            """;
        var ended = await RunAsync(Dotnet($"{Hammer}\n{Complete} exit 0"));

        var metrics = ended.Lines.Where(line => line.Contains("_aws", StringComparison.Ordinal)).ToArray();
        var rows = ended.Lines.Where(line => line.Contains("row", StringComparison.Ordinal)).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(metrics, Is.EqualTo(Enumerable.Range(1, 300).Select(Metric)));
            Assert.That(rows, Is.EqualTo(
                Enumerable.Range(1, 600).Select(row => FormattableString.Invariant($"row {row} is whole \\ %d"))));
            Assert.That(ended.Lines, Has.Length.EqualTo(901), "and nothing but the entry point's last line besides");
        }
    }

    [Test]
    public async Task A_metric_is_there_while_the_suite_is_silent_in_the_middle_of_a_line()
    {
        var stop = TestContext.CurrentContext.CancellationToken;
        var silent = """printf 'half a '; echo '{"n":1}' >>"$metrics"; until [ """
            + """-e "$reports/seen" ]; do sleep 0.05; done; echo line;""";
        using var process = Start(Dotnet($"{silent} {Complete} exit 0"), NoSettings);
        var first = await process.StandardOutput.ReadLineAsync(stop);
        File.WriteAllText(Path.Combine(Reports, "seen"), "");
        var second = await process.StandardOutput.ReadLineAsync(stop);
        await process.WaitForExitAsync(stop);

        Assert.That((first, second), Is.EqualTo(("""{"n":1}""", "half a line")));
    }

    [Test]
    public async Task After_a_kill_every_metric_is_there_and_half_a_one_is_left_out()
    {
        var ended = await RunAsync(Dotnet(
            OneStep + """printf '{"n":1}\n{"n":2}\n{"n":3' >"$metrics"; printf 'half a line'; kill -KILL $$""",
            rebuild: Incomplete + "echo a rebuild is not shown"));

        Assert.That(ended.Lines, Is.EqualTo(new[]
        {
            "half a line",
            """{"n":1}""",
            """{"n":2}""",
            "entrypoint: the last metric was cut off in the middle of a write and is left out",
            "entrypoint: killed after step 200; report rebuilt, marked incomplete; exit code 3",
        }).Or.EqualTo(new[]
        {
            // The metrics may be seen before the end of what the suite wrote.
            """{"n":1}""",
            """{"n":2}""",
            "half a line",
            "entrypoint: the last metric was cut off in the middle of a write and is left out",
            "entrypoint: killed after step 200; report rebuilt, marked incomplete; exit code 3",
        }));
    }

    [Test]
    public async Task Metrics_of_an_earlier_run_are_not_sent_again()
    {
        File.WriteAllText(Path.Combine(Reports, "metrics.emf.jsonl"), "{\"n\":0}\n");
        var ended = await RunAsync(Dotnet($$"""echo '{"n":1}' >>"$metrics"; {{Complete}} exit 0"""));

        Assert.That(ended.Lines[..^1], Is.EqualTo(new[] { """{"n":1}""" }));
    }

    [Test]
    public async Task Without_a_folder_for_its_pipes_the_suite_runs_all_the_same()
    {
        var settings = new Dictionary<string, string> { ["TMPDIR"] = Path.Combine(Reports, "missing") };
        settings["METRICS_RELAYED_FROM"] = "an outer one";
        var ended = await RunAsync(
            Dotnet(
                """echo '{"n":1}' >>"$metrics"; echo "relayed from ${METRICS_RELAYED_FROM-nowhere}"; """
                + $"{Complete} exit 0"),
            settings);

        Assert.That((ended.Code, ended.Lines[0]), Is.EqualTo((0, "relayed from nowhere")));
    }

    [Test]
    public async Task The_suite_is_told_which_file_is_relayed()
    {
        var run =
            $$"""reports=$CAPACITY_REPORTS_DIRECTORY; echo "relayed from $METRICS_RELAYED_FROM"; {{Complete}} exit 0""";
        var absolute = await RunAsync(Dotnet(run));
        var relative = await RunAsync(
            Dotnet(run), new Dictionary<string, string> { ["CAPACITY_REPORTS_DIRECTORY"] = "reports/latest" });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(absolute.Lines[0], Is.EqualTo($"relayed from {Reports}/metrics.emf.jsonl"));
            Assert.That(relative.Lines[0], Is.EqualTo($"relayed from {Root}/reports/latest/metrics.emf.jsonl"));
        }
    }

    [Test]
    public async Task No_helper_is_left_when_it_has_ended()
    {
        await RunAsync(Dotnet($"{Complete} exit 0"));

        Assert.That(CommandLines(), Has.None.Contains(Reports).And.None.Contains(Root));
    }

    private static string Metric(int n) =>
        FormattableString.Invariant(
            $$"""{"_aws":{},"n":{{n}},"value":"{{(n % 3 == 0 ? new string('0', 4999) + "7" : n)}}"}""");

    private static string[] CommandLines() =>
        [.. Directory.EnumerateDirectories("/proc")
            .Where(name => char.IsAsciiDigit(Path.GetFileName(name)[0])).Select(CommandLine)];

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (IOException)
        {
            // It ended between the two readings.
            return "";
        }
    }
}
