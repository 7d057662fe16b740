using System.Text.Json;
using System.Text.Json.Serialization;
using Support.Calibration;
using Support.Search;
using Support.Verdict;

namespace Support.Reports;

/// <summary><c>steps.jsonl</c>: one line a finished step, on disk before anyone judges the run; what survives a kill.</summary>
/// <remarks>The first line says which run it is, the last that it came to its end; without that one the run was cut off.</remarks>
public sealed class StepsLog
{
    /// <summary>The file's name in the reports folder.</summary>
    public const string FileName = "steps.jsonl";

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        IgnoreReadOnlyProperties = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly ReportFolder folder;
    private int steps;

    private StepsLog(ReportFolder folder) => this.folder = folder;

    /// <summary>Starts the log of a run; the log of an earlier run in the same folder is replaced.</summary>
    /// <exception cref="ReportWriteException">It could not be written.</exception>
    public static StepsLog Start(ReportFolder folder, StepsLogHeader header)
    {
        ArgumentNullException.ThrowIfNull(folder);
        folder.Write(FileName, Line(new Record { Kind = "run", Schema = CapacityReport.SchemaVersion, Run = header }));
        return new StepsLog(folder);
    }

    /// <summary>Adds a step and returns once it is on disk.</summary>
    /// <exception cref="ReportWriteException">It could not be written.</exception>
    public void Append(JudgedStep step)
    {
        folder.Append(FileName, LineOf(step));
        steps++;
    }

    /// <summary>Adds a try of the search and returns once it is on disk.</summary>
    /// <exception cref="ReportWriteException">It could not be written.</exception>
    public void Append(SearchTry tried) => folder.Append(FileName, Line(new Record { Kind = "try", Try = tried }));

    /// <summary>Adds the search's answer and returns once it is on disk; its tries stand in lines of their own.</summary>
    /// <exception cref="ReportWriteException">It could not be written.</exception>
    public void Append(SearchResult search)
    {
        ArgumentNullException.ThrowIfNull(search);
        folder.Append(FileName, Line(new Record { Kind = "search", Search = search with { Tries = [] } }));
    }

    /// <summary>Adds the meter's calibration and returns once it is on disk.</summary>
    /// <exception cref="ReportWriteException">It could not be written.</exception>
    public void Append(MeterCalibration calibration) => folder.Append(FileName, Line(new Record { Kind = "calibration", Calibration = calibration }));

    /// <summary>Adds the last line: the run came to its own end, or was stopped and could still say so.</summary>
    /// <param name="interrupted">What stopped it, as in <c>SIGTERM</c>; null where nothing did.</param>
    /// <exception cref="ReportWriteException">It could not be written.</exception>
    public void Complete(string? interrupted = null) =>
        folder.Append(FileName, Line(new Record { Kind = "complete", Steps = steps, Interrupted = interrupted }));

    /// <summary>Reads what is there. Never throws for its content: a line that is cut off or not understood is counted and left out.</summary>
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
            return JsonSerializer.Deserialize<Record>(line, Options) switch
            {
                { Kind: "run", Run: { } header } => new StepsLogContent { Header = header },
                { Kind: "step", Step: { } step } => new StepsLogContent { Steps = [step] },
                { Kind: "try", Try: { } tried } => new StepsLogContent { Tries = [tried] },
                { Kind: "search", Search: { } search } => new StepsLogContent { SearchEnd = search },
                { Kind: "calibration", Calibration: { } calibration } => new StepsLogContent { Calibration = calibration },
                { Kind: "complete" } last => new StepsLogContent { Complete = true, Interrupted = last.Interrupted },
                _ => new StepsLogContent { DamagedLines = 1 },
            };
        }
        catch (JsonException)
        {
            return new StepsLogContent { DamagedLines = 1 };
        }
    }

    /// <summary>A step as a line of the log holds it.</summary>
    public static string LineOf(JudgedStep step) => Line(new Record { Kind = "step", Step = step });

    private static string Line(Record record) => JsonSerializer.Serialize(record, Options) + "\n";

    private sealed record Record
    {
        public required string Kind { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Schema { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public StepsLogHeader? Run { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public JudgedStep? Step { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public SearchTry? Try { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public SearchResult? Search { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public MeterCalibration? Calibration { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public int? Steps { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Interrupted { get; init; }
    }
}
