using Allure.Net.Commons.Configuration;
using Allure.Net.Commons.Functions;
using Allure.Net.Commons.Writer;

namespace Allure.Net.Commons;

/// <summary>Holds the configuration and what is running, and writes the files.</summary>
public class AllureLifecycle
{
    private static readonly Lazy<AllureLifecycle> LazyInstance =
        new(() => new AllureLifecycle(ConfigurationFile.Read()));

    // Guards the model: steps of one test may end on several threads at once.
    private readonly Lock _model = new();
    private readonly AsyncLocal<AllureContext?> _context = new();
    private readonly ResultsWriter _writer;

    private AllureLifecycle(string json)
    {
        JsonConfiguration = json;
        AllureConfiguration = AllureConfiguration.Parse(json);
        _writer = new ResultsWriter(AllureConfiguration);
    }

    /// <summary>
    /// The one instance. Its first use, and nothing later, reads the configuration and creates the results directory.
    /// </summary>
    /// <exception cref="FileNotFoundException">ALLURE_CONFIG names a file that does not exist.</exception>
    public static AllureLifecycle Instance => LazyInstance.Value;

    /// <summary>The configuration in effect.</summary>
    public AllureConfiguration AllureConfiguration { get; }

    /// <summary>The text of the configuration file; an empty object where there is none.</summary>
    public string JsonConfiguration { get; }

    /// <summary>Where the files are written; absolute.</summary>
    public string ResultsDirectory => _writer.ResultsDirectory;

    /// <summary>Deletes everything in the results directory.</summary>
    public virtual void CleanupResultDirectory() => _writer.CleanUp();

    internal AllureContext Context
    {
        get => _context.Value ?? AllureContext.Empty;
        set => _context.Value = value;
    }

    internal void StartContainer(TestResultContainer container)
    {
        container.start = Now();
        Context = Context with { Containers = Context.Containers.Push(container) };
    }

    /// <summary>Writes the innermost container, if anything ran before or after, and leaves it.</summary>
    internal void StopContainer()
    {
        if (Context.Containers.IsEmpty)
            return;

        Context = Context with { Containers = Context.Containers.Pop(out var container) };
        byte[]? content;
        lock (_model)
        {
            container.stop = Now();
            content = container.befores.Count + container.afters.Count == 0 ? null : _writer.Serialize(container);
        }

        if (content is not null)
            _writer.WriteNew(AllureConstants.TEST_RESULT_CONTAINER_FILE_SUFFIX, content);
    }

    internal void StartTest(TestResult test)
    {
        Begin(test);
        lock (_model)
        {
            foreach (var container in Context.Containers)
                container.children.Add(test.uuid!);
        }

        Context = Context with { Test = test, Fixture = null, Step = null };
    }

    /// <summary>Completes the running test, writes it and leaves it.</summary>
    internal void StopTest()
    {
        if (Context.Test is not { } test)
            return;

        Context = Context with { Test = null, Fixture = null, Step = null };
        byte[] content;
        lock (_model)
        {
            End(test);
            test.historyId ??= IdFunctions.CreateHistoryId(test.fullName!, test.parameters);
            test.testCaseId ??= IdFunctions.CreateTestCaseId(test.fullName!);
            content = _writer.Serialize(test);
        }

        _writer.WriteNew(AllureConstants.TEST_RESULT_FILE_SUFFIX, content);
    }

    internal void StartStep(StepResult step, ExecutableItem parent)
    {
        Begin(step);
        lock (_model)
            parent.steps.Add(step);
        Context = Context with { Step = step };
    }

    internal void StartFixture(FixtureResult fixture, Action<FixtureResult> attach)
    {
        Begin(fixture);
        lock (_model)
            attach(fixture);
        Context = Context with { Fixture = fixture, Step = null };
    }

    /// <summary>Ends a step or a fixture as its exception says.</summary>
    internal void StopItem(ExecutableItem item, Exception? error)
    {
        lock (_model)
        {
            item.status = ErrorStatus.Of(error, AllureConfiguration.FailExceptions);
            item.statusDetails = ErrorStatus.Details(error);
            End(item);
        }
    }

    internal void Update<T>(T item, Action<T> change)
    {
        lock (_model)
            change(item);
    }

    internal void WriteAttachment(string name, byte[] content) => _writer.WriteAttachment(name, content);

    private static void Begin(ExecutableItem item)
    {
        item.stage = Stage.running;
        item.start = Now();
    }

    private static void End(ExecutableItem item)
    {
        item.stage = Stage.finished;
        item.stop = Math.Max(item.start, Now());
    }

    private static long Now() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
}
