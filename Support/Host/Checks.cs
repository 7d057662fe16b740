using System.Collections.Immutable;
using AskMachine = System.Func<
    Support.Host.EnvironmentFacts, Support.Host.CheckContext, System.Threading.CancellationToken,
    System.Threading.Tasks.Task<Support.Host.Answer>>;

namespace Support.Host;

/// <summary>How a check ended. Ordered: the outcome of several checks is the greatest of them.</summary>
public enum CheckOutcome
{
    /// <summary>The question does not arise on this system or for this target; an answer, not a failure.</summary>
    NotApplicable,

    /// <summary>The environment covers what the ladder needs.</summary>
    Passed,

    /// <summary>The run can go on, and its number may be lower than it could be.</summary>
    Warning,

    /// <summary>Nothing measured here would be true: the ladder is not started.</summary>
    Critical,
}

/// <summary>What one check found. Expected and actual are apart so that a report can set them side by side.</summary>
/// <param name="Id">Stable and unique, the same in every output, as in <c>Environment.FileDescriptors</c>.</param>
/// <param name="Title">What is checked, at most 70 characters.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Expected">What the ladder needs.</param>
/// <param name="Actual">What was read, with its source.</param>
/// <param name="Next">What to do about it; empty where there is nothing to do.</param>
public sealed record Finding(
    string Id, string Title, CheckOutcome Outcome, string Expected, string Actual, string Next);

/// <summary>What a check says; its id and title are the check's.</summary>
internal sealed record Answer(CheckOutcome Outcome, string Expected, string Actual, string Next = "")
{
    public static Answer NotApplicable(string expected, string actual) =>
        new(CheckOutcome.NotApplicable, expected, actual);

    public static Answer Passed(string expected, string actual, string next = "") =>
        new(CheckOutcome.Passed, expected, actual, next);

    public static Answer Warning(string expected, string actual, string next) =>
        new(CheckOutcome.Warning, expected, actual, next);

    public static Answer Critical(string expected, string actual, string next) =>
        new(CheckOutcome.Critical, expected, actual, next);

    public static Answer PassedIf(bool isGood, string expected, string actual, string next) =>
        isGood ? Passed(expected, actual) : Warning(expected, actual, next);

    /// <summary>The finding of the check of that id and title.</summary>
    public Finding As(string id, string title) => new(id, title, Outcome, Expected, Words.Line(Actual), Next);
}

/// <summary>One question: its id and title are known before anything is read.</summary>
internal sealed class DeferredCheck
{
    private readonly Func<CancellationToken, Task<Answer>> answer;

    internal DeferredCheck(string id, string title, Func<CancellationToken, Task<Answer>> answer) =>
        (Id, Title, this.answer) = (id, title, answer);

    /// <summary>Stable and unique, as in <c>TaskDefinition.Nofile</c>.</summary>
    public string Id { get; }

    /// <summary>What is checked, at most 70 characters.</summary>
    public string Title { get; }

    /// <summary>Answers. A fault of the check is a warning, for it says nothing about what it asks.</summary>
    /// <param name="cancellationToken">The only thing that this throws for.</param>
    public async Task<Finding> RunAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return (await answer(cancellationToken).ConfigureAwait(false)).As(Id, Title);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            var fault = new Answer(
                CheckOutcome.Warning, "the environment can be read",
                $"could not be read: {error.GetType().Name}: {error.Message}",
                "Report this with the message above: a check that throws is a fault of the suite.");
            return fault.As(Id, Title);
        }
    }
}

/// <summary>One question about this machine and the way to the target.</summary>
internal sealed class EnvironmentCheck
{
    private readonly bool linuxOnly;
    private readonly AskMachine answer;

    internal EnvironmentCheck(string name, string title, AskMachine answer, bool linuxOnly = false) =>
        (Id, Title, this.answer, this.linuxOnly) = ($"Environment.{name}", title, answer, linuxOnly);

    internal EnvironmentCheck(string name, string title, Func<EnvironmentFacts, CheckContext, Answer> answer)
        : this(name, title, (facts, context, _) => Task.FromResult(answer(facts, context)), linuxOnly: true)
    {
    }

    /// <summary>The checks in the order that they run and are reported in; reads nothing.</summary>
    public static ImmutableArray<EnvironmentCheck> All { get; } =
    [
        new("Platform", "Platform is known", (facts, _, _) => Task.FromResult(MachineChecks.Platform(facts))),
        new("CpuLimit", "Processor limit leaves room to open connections", MachineChecks.CpuLimit),
        new("MemoryLimit", "Memory covers the ladder", MachineChecks.MemoryLimit),
        new("FileDescriptors", "File descriptor limit covers the ladder", ClientChecks.FileDescriptors),
        new("EphemeralPorts", "Local ports to the target cover the ladder", ClientChecks.EphemeralPorts),
        new("ListenBacklog", "Accept queue covers the handshakes in flight", ClientChecks.ListenBacklog),
        new("ConnectionTracking", "Connection tracking covers the ladder", ClientChecks.ConnectionTracking),
        new("SocketMemory", "TCP buffer memory covers the ladder", MachineChecks.SocketMemory),
        new("TargetName", "Name of the target resolves",
            (facts, context, _) => Task.FromResult(TargetChecks.Name(facts, context))),
        new("TargetTrust", "Certificates of the target are checked",
            (_, context, _) => Task.FromResult(TargetChecks.Trust(context))),
        new("TargetHandshake", "Target answers a WebSocket handshake",
            (_, context, stop) => TargetChecks.HandshakeAsync(context, stop)),
    ];

    /// <summary>Stable and unique, as in <c>Environment.FileDescriptors</c>.</summary>
    public string Id { get; }

    /// <summary>What is checked, at most 70 characters.</summary>
    public string Title { get; }

    /// <summary>As <see cref="DeferredCheck.RunAsync"/>.</summary>
    public Task<Finding> RunAsync(CheckContext context, CancellationToken cancellationToken) =>
        new DeferredCheck(Id, Title, stop => AnswerAsync(context, stop)).RunAsync(cancellationToken);

    private async Task<Answer> AnswerAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var facts = await context.FactsAsync(cancellationToken).ConfigureAwait(false);
        return linuxOnly && !facts.Runtime.IsLinux
            ? new(
                CheckOutcome.NotApplicable, "Linux",
                $"{facts.Runtime.System} has neither /proc nor control groups to read")
            : await answer(facts, context, cancellationToken).ConfigureAwait(false);
    }
}
