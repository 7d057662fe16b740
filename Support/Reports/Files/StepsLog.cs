using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Measuring.SelfTest;
using Support.Sizes;
using Support.Verdict;

namespace Support.Reports.Files;

/// <summary>
/// <c>steps.jsonl</c>: one line a finished step, on disk before anyone judges the run; what survives a kill.
/// </summary>
/// <remarks>
/// The first line says which run it is, the last that it came to its end; without that one the run was cut off.
/// </remarks>
public sealed class StepsLog
{
    /// <summary>The file's name in the reports folder.</summary>
    public const string FileName = "steps.jsonl";

    /// <summary>Where the log of an earlier run is kept that was killed; one, the last.</summary>
    public const string KilledFileName = "steps.interrupted.jsonl";

    private static readonly JsonSerializerOptions Options = new(JsonForms.Line)
    {
        IgnoreReadOnlyProperties = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private readonly ReportFolder folder;
    private readonly StringBuilder text = new();
    private long bytesOnDisk = -1;
    private int steps;

    private StepsLog(ReportFolder folder) => this.folder = folder;

    /// <summary>
    /// The line that the last call could not bring to disk, and why; null where all is there. The log keeps it and
    /// tries again with the next.
    /// </summary>
    public UnwrittenLine? Unwritten { get; private set; }

    /// <summary>
    /// What an earlier run had written when it was killed; null where the run before this came to its end, or there was
    /// none.
    /// </summary>
    public StepsLogContent? Killed { get; private init; }

    /// <summary>
    /// Starts the log of a run. That of an earlier run in the same folder is replaced; where that one was killed, its
    /// log is kept aside.
    /// </summary>
    public static StepsLog Start(ReportFolder folder, StepsLogHeader header)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var log = new StepsLog(folder) { Killed = KeepKilled(folder) };
        log.Add(new StepsLogRecord { Kind = "run", Schema = CapacityReport.SchemaVersion, Run = header });
        return log;
    }

    /// <summary>Adds a step and returns once it is on disk, or is known as <see cref="Unwritten"/>.</summary>
    public void Append(JudgedStep step)
    {
        steps++;
        Add(new StepsLogRecord { Kind = "step", Step = step });
    }

    /// <summary>Adds a probe of the search, as <see cref="Append(JudgedStep)"/> does.</summary>
    public void Append(SearchProbe probe) => Add(new StepsLogRecord { Kind = "try", Probe = probe });

    /// <summary>
    /// Adds the search's answer, as <see cref="Append(JudgedStep)"/> does; its probes stand in lines of their own.
    /// </summary>
    public void Append(SearchResult search)
    {
        ArgumentNullException.ThrowIfNull(search);
        Add(new StepsLogRecord { Kind = "search", Search = search with { Probes = [] } });
    }

    /// <summary>
    /// Adds what a server took that was started anew, as <see cref="Append(JudgedStep)"/> does.
    /// </summary>
    public void Append(ImmutableArray<FreshStage> fresh) =>
        Add(new StepsLogRecord { Kind = "fresh", Fresh = fresh });

    /// <summary>Adds a step of a run at a task size, as <see cref="Append(JudgedStep)"/> does.</summary>
    /// <param name="label">The size.</param>
    /// <param name="run">Which run at that size, from 1.</param>
    /// <param name="step">The step.</param>
    public void Append(string label, int run, JudgedStep step) =>
        Add(new StepsLogRecord { Kind = "sizeStep", Size = label, Number = run, Step = step });

    /// <summary>Adds a probe of the search of a run at a task size, as <see cref="Append(JudgedStep)"/> does.</summary>
    /// <param name="label">The size.</param>
    /// <param name="run">Which run at that size, from 1.</param>
    /// <param name="probe">The probe.</param>
    public void Append(string label, int run, SearchProbe probe) =>
        Add(new StepsLogRecord { Kind = "sizeTry", Size = label, Number = run, Probe = probe });

    /// <summary>
    /// Adds a finished run at a task size with all of its steps and probes, as <see cref="Append(JudgedStep)"/> does.
    /// </summary>
    public void Append(SizeRun run) => Add(Record(run));

    /// <summary>Adds the self-test's result, as <see cref="Append(JudgedStep)"/> does.</summary>
    public void Append(
        SelfTestResult result) => Add(new StepsLogRecord { Kind = "calibration", SelfTest = result });

    /// <summary>Adds the last line: the run came to its own end, or was stopped and could still say so.</summary>
    /// <param name="interrupted">What stopped it, as in <c>SIGTERM</c>; null where nothing did.</param>
    public void Complete(string? interrupted = null) =>
        Add(new StepsLogRecord { Kind = "complete", Steps = steps, Interrupted = interrupted });

    // What is on disk may be gone, cut short or torn by now: then all lines are written again, as one file.
    private void Add(StepsLogRecord record)
    {
        var line = Line(record);
        text.Append(line);
        try
        {
            if (folder.LengthOf(FileName) == bytesOnDisk)
                folder.Append(FileName, line);
            else
                folder.Write(FileName, text.ToString());
            bytesOnDisk = folder.LengthOf(FileName) ?? -1;
            Unwritten = null;
        }
        catch (ReportWriteException problem)
        {
            bytesOnDisk = -1;
            Unwritten = new(line.TrimEnd(), problem.Message);
        }
    }

    private static StepsLogContent? KeepKilled(ReportFolder folder)
    {
        if (folder.Read(FileName) is not { } earlier
            || Read(earlier) is not { Complete: false, Header: not null } killed)
            return null;
        try
        {
            folder.Write(KilledFileName, earlier);
            return killed;
        }
        catch (ReportWriteException)
        {
            // A folder that takes nothing will say so again with the first line of this run, and there it counts.
            return killed;
        }
    }

    /// <summary>
    /// Reads what is there. Never throws for its content: a line that is cut off or not understood is counted and left
    /// out.
    /// </summary>
    public static StepsLogContent Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var content = new StepsLogContent();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            content = content.With(Parse(line));
        return content;
    }

    private static StepsLogContent Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<StepsLogRecord>(line, Options)?.Content()
                ?? new StepsLogContent { DamagedLines = 1 };
        }
        catch (JsonException)
        {
            return new StepsLogContent { DamagedLines = 1 };
        }
    }

    /// <summary>A step as a line of the log holds it.</summary>
    public static string LineOf(JudgedStep step) => Line(new StepsLogRecord { Kind = "step", Step = step });

    /// <summary>A finished run at a task size as a line of the log holds it.</summary>
    public static string LineOf(SizeRun run) => Line(Record(run));

    private static StepsLogRecord Record(SizeRun run) => new() { Kind = "sizeRun", SizeRun = run };

    private static string Line(StepsLogRecord record) => JsonSerializer.Serialize(record, Options) + "\n";
}

/// <summary>A line of <c>steps.jsonl</c> that is not on disk.</summary>
/// <param name="Text">The line, without its end: it can be kept elsewhere.</param>
/// <param name="Problem">Why, with the path and what to do.</param>
public sealed record UnwrittenLine(string Text, string Problem);
