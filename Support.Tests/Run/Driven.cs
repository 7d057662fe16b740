using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Support.Ecs;
using Support.Host;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Measuring.SelfTest;
using Support.Pool;
using Support.Reports;
using Support.Reports.Files;
using Support.Run;
using Support.Settings;
using Support.Sizes;
using Support.Tests.Pool.Faults;
using Support.Tests.Reports;
using Support.Verdict;

namespace Support.Tests.Run;

/// <summary>A run on a simulated server, in a folder of its own, driven as a test runner drives it.</summary>
internal sealed class Driven : IAsyncDisposable
{
    private readonly TemporaryFolder temporary = new();

    /// <summary>Composes the first run of the folder.</summary>
    public Driven(SimulatedServer server, params (string Name, string Value)[] settings)
    {
        Server = server;
        Again(settings);
    }

    public SimulatedServer Server { get; }

    public CapacityRun Run { get; private set; } = null!;

    public RecordingScreen Screen { get; private set; } = null!;

    public FakeSelfTest SelfTest { get; private set; } = null!;

    public ManualClock Clock { get; } = new();

    public ReportFolder Folder => temporary.Folder;

    /// <summary>The kinds of the lines of steps.jsonl.</summary>
    public string[] Logged =>
        [.. (Folder.Read("steps.jsonl") ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Kind)];

    public JsonElement Json => JsonDocument.Parse(Folder.Read("capacity.json")!).RootElement;

    /// <summary>Composes another run in the same folder; the one before is left as a kill leaves it.</summary>
    public void Again(params (string Name, string Value)[] settings)
    {
        Screen = new();
        SelfTest = new();
        Dictionary<string, string> given = new(StringComparer.Ordinal)
        {
            ["Target.Url"] = "ws://127.0.0.1:9/",
            ["Ladder.Steps"] = "50,100,200",
            ["Ladder.Hold"] = "0s",
            ["Ladder.Pause"] = "0s",
            ["Reports.Directory"] = Folder.Directory,
        };
        foreach (var (name, value) in settings)
            given[name] = value;
        if (given["Target.Url"] == "embedded")
            given.Remove("Target.Url");
        Run = new(new()
        {
            Settings = SettingsReader.Read(given, ImmutableDictionary<string, string>.Empty, temporary.Root),
            BaseDirectory = temporary.Root,
            Version = "1.2.3",
            Screen = Screen,
            Time = Clock,
            Pools = Server,
            Host = Server,
            SelfTest = SelfTest,
        });
    }

    /// <summary>Every check, the self-test, every step and the search.</summary>
    public async Task MeasureAsync(CancellationToken stop)
    {
        await Run.BeginAsync();
        foreach (var check in Run.Checks.Before)
            await Run.Checks.RunAsync(check, stop);
        await Run.SelfTest.RunAsync();
        await ClimbAsync(stop);
    }

    /// <summary>Every step and the search, and nothing before them, as with a filter.</summary>
    public async Task ClimbAsync(CancellationToken stop)
    {
        foreach (var step in Run.Ladder.Steps)
            await InTimeAsync(Run.Ladder.StepAsync(step), stop);
        if (Run.Ladder.WhyNoSearch() is null)
            await InTimeAsync(Run.Ladder.SearchAsync(), stop);
    }

    /// <summary>The cases of the verdict; gives the report that the gates judged.</summary>
    public async Task<CapacityReport> ConcludeAsync()
    {
        await Run.Conclusion.WriteAsync();
        return Run.Conclusion.Judge();
    }

    /// <summary>Lets the clock run until the task is done: what only waits takes no time.</summary>
    public async Task<T> InTimeAsync<T>(Task<T> task, CancellationToken stop)
    {
        while (!task.IsCompleted)
        {
            Clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, stop);
        }

        return await task;
    }

    public async ValueTask DisposeAsync()
    {
        await Run.DisposeAsync();
        temporary.Dispose();
    }

    private static string Kind(string line)
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty("kind").GetString()!;
    }
}

/// <summary>A self-test that says what it was told to.</summary>
internal sealed class FakeSelfTest : ISelfTest
{
    public string? Problem { get; set; }

    public int Runs { get; private set; }

    public void Prepare()
    {
    }

    public Task<SelfTestResult> RunAsync(IPoolSource pools, CancellationToken interrupted)
    {
        Runs++;
        SelfTestReading cap = new("a hidden cap", "100 open", "100 held", 0.1, null);
        SelfTestReading drops = new("dropped connections", "70 open", "70 held", 0.1, Problem);
        return Task.FromResult(new SelfTestResult([cap, drops], 0.2));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>Keeps what it was told, in order.</summary>
internal sealed class RecordingScreen : IRunScreen
{
    private readonly ConcurrentQueue<object> events = new();

    public IEnumerable<object> Events => events;

    /// <summary>Called with each step, as it is told.</summary>
    public Action<JudgedStep> OnStep { get; set; } = _ => { };

    /// <summary>Called in a pause that lasts, and at its end.</summary>
    public Action OnPause { get; set; } = () => { };

    public void Report(StepProgress value) => events.Enqueue(value);

    public void Show(Finding finding) => events.Enqueue(finding);

    public void Show(JudgedStep step)
    {
        events.Enqueue(step);
        OnStep(step);
    }

    public void Show(string size, JudgedStep step) => events.Enqueue((size, step));

    public void Show(string? size, SearchProbe tried, SearchProbe? before) => events.Enqueue((size, tried, before));

    public void Show(SizeRun run, int repeats) => events.Enqueue(run);

    public void Show(Publication publication) => events.Enqueue(publication);

    public void Show(ServiceMetrics service) => events.Enqueue(service);

    public void ShowPause(int sessions, TimeSpan? waited)
    {
        events.Enqueue((sessions, waited));
        OnPause();
    }

    public void Note(string line) => events.Enqueue(line);

    public void Close(CapacityReport report, string directory) => events.Enqueue(report);
}
