using System.Collections.Immutable;
using Support.Host;

namespace Support.Ecs.Definitions;

/// <summary>The checks of a task definition: that it can be read, and one for each rule.</summary>
internal static class DefinitionChecks
{
    /// <summary>In the container of deploy/task-definition-template.json.</summary>
    internal const string ReportsFolder = "/app/reports";

    private const string File = "TaskDefinition";
    private const string OwnTask = "Task";
    private const string ShapeName = "Shape";
    private const string ShapeTitle = "definition can be read";

    /// <summary>The checks in the order that they are reported in. Making the list reads nothing.</summary>
    /// <param name="scope">
    /// The start of the ids: <c>TaskDefinition</c> (a file), <c>Task</c> (this task), <c>Service</c> (the one under
    /// test).
    /// </param>
    /// <param name="read">
    /// Asked by the first check that runs, and again only where it failed. It has a deadline of its own: its token is
    /// never cancelled.
    /// </param>
    /// <param name="needs">What to check against; a file that is the suite's own definition adds to it.</param>
    public static ImmutableArray<DeferredCheck> For(
        string scope, Func<CancellationToken, Task<TaskDefinitionReading>> read, DefinitionNeeds needs)
    {
        ArgumentException.ThrowIfNullOrEmpty(scope);
        var once = new Once(read);
        var word = scope == File ? "File" : scope;
        return
        [
            new DeferredCheck(
                $"{scope}.{ShapeName}", $"{word}: {ShapeTitle}",
                async cancellationToken => Shape(await once.ReadAsync(cancellationToken).ConfigureAwait(false))),
            .. DefinitionRules.All.Select(rule => new DeferredCheck(
                $"{scope}.{rule.Name}", $"{word}: {rule.Title}",
                async cancellationToken => Judge(
                    rule, await once.ReadAsync(cancellationToken).ConfigureAwait(false), needs, scope))),
        ];
    }

    private static Answer Shape(TaskDefinitionReading reading)
    {
        var faults = new Faults(
            "a task definition as register-task-definition takes it or describe-task-definition prints it");
        foreach (var problem in reading.Problems)
            faults.Add(problem.Outcome, problem.Text, problem.Next);
        var containers = reading.Definition?.Containers.Length ?? 0;
        var answer = faults.Or($"{reading.Definition?.Arn ?? reading.Definition?.Family}, {Words.Count(containers)} "
            + $"{(containers == 1 ? "container" : "containers")}");
        return reading.Source is { } file ? answer with { Actual = $"{file}: {answer.Actual}" } : answer;
    }

    private static Answer Judge(DefinitionRule rule, TaskDefinitionReading reading, DefinitionNeeds needs,
        string scope) => reading.Definition is { } definition
        ? AsFarAsKnown(WithOverrides(
            rule, rule.Judge(definition, scope == File ? SuiteNeeds.Of(definition, needs) : needs), scope), scope)
        : Answer.NotApplicable("a definition that can be read", $"there is none to check: see {scope}.{ShapeName}");

    // run-task can set other variables than the definition does, and the definition does not know of it.
    private static Answer WithOverrides(DefinitionRule rule, Answer answer, string scope) =>
        scope == OwnTask && rule.Name == nameof(SuiteRules.Variables)
            ? answer with { Actual = $"{answer.Actual}; overrides of run-task are not part of it" }
            : answer;

    // What is deployed was accepted by AWS, so a rule that would refuse it may be older than AWS: it must not keep a
    // run from measuring.
    private static Answer AsFarAsKnown(Answer answer, string scope) =>
        scope != File && answer.Outcome == CheckOutcome.Critical
            ? answer with { Outcome = CheckOutcome.Warning }
            : answer;

    // One that failed is not kept: the next check may be luckier.
    private sealed class Once(Func<CancellationToken, Task<TaskDefinitionReading>> read)
    {
        private readonly Lock gate = new();
        private Task<TaskDefinitionReading>? reading;

        public async Task<TaskDefinitionReading> ReadAsync(CancellationToken cancellationToken)
        {
            Task<TaskDefinitionReading> current;
            lock (gate)
                current = reading = reading is null or { IsFaulted: true } or { IsCanceled: true }
                    ? read(CancellationToken.None)
                    : reading;
            return await current.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
