using System.Collections.Immutable;
using Support.Host;

namespace Support.Aws;

/// <summary>The checks that ask the ECS API: about the task that the suite runs in, and about the service under test.</summary>
public static class DeployedChecks
{
    private const string NotKnown = "not known: it could not be read";

    /// <summary>Those about the task that the suite runs in, in the order that they run and are reported in. Making the list reads nothing.</summary>
    /// <param name="context">Gives what they ask about; asked by each check.</param>
    public static ImmutableArray<DeferredCheck> OfTask(Func<CancellationToken, Task<DeployedContext>> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return
        [
            new("Task.Api", "ECS answers about the task of this run", async token => OfReading(await ReadAsync(token).ConfigureAwait(false), NoTask, task => task.Arn)),
            Check("State", "Task of this run is not being stopped", TaskChecks.State),
            Check("Sidecars", "Containers beside the suite run", TaskChecks.Containers),
            Check("Interruption", "Task of this run is not on Spot capacity", TaskChecks.Interruption),
            Check("Exec", "ECS Exec is off while it measures", TaskChecks.Exec),
            Check("PlatformVersion", "Fargate platform has what the suite needs", TaskChecks.Platform),
            Check("Once", "Nothing starts the run again when it ends", TaskChecks.Once),
        ];

        async Task<Reading<DeployedTask>?> ReadAsync(CancellationToken token) => await (await context(token).ConfigureAwait(false)).TaskAsync(token).ConfigureAwait(false);

        DeferredCheck Check(string name, string title, Func<DeployedTask, Answer> check) => new(
            $"Task.{name}", title, async token => Answer(await ReadAsync(token).ConfigureAwait(false), NoTask, check));
    }

    /// <summary>Those about the service under test; otherwise as <see cref="OfTask"/>.</summary>
    /// <param name="context">As there.</param>
    public static ImmutableArray<DeferredCheck> OfService(Func<CancellationToken, Task<DeployedContext>> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return
        [
            new("Service.Api", "ECS answers about the service under test", async token => OfReading(await ReadAsync(token).ConfigureAwait(false), NoService, service => service.Name)),
            Check("Running", "Service under test runs what it wants", ServiceChecks.Running),
            Check("OneTask", "One task holds all connections", ServiceChecks.OneTask),
            Check("Deployment", "One task definition is measured, not two", ServiceChecks.Deployment),
            Check("Failures", "Tasks of the service start and stay healthy", ServiceChecks.Failures),
            Check("HealthGrace", "Health checks wait for a task to start", ServiceChecks.HealthGrace),
            Check("Interruption", "Service under test is not on Spot capacity", ServiceChecks.Interruption),
            Check("Network", "Tasks of the service have interfaces of their own", ServiceChecks.Network),
        ];

        async Task<Reading<DeployedService>?> ReadAsync(CancellationToken token) => await (await context(token).ConfigureAwait(false)).ServiceAsync(token).ConfigureAwait(false);

        DeferredCheck Check(string name, string title, Func<DeployedService, Answer> check) => new(
            $"Service.{name}", title, async token => Answer(await ReadAsync(token).ConfigureAwait(false), NoService, check));
    }

    private static Answer NoTask { get; } = new(CheckOutcome.NotApplicable, "a task of ECS", "this run is none");

    private static Answer NoService { get; } = new(CheckOutcome.NotApplicable, "a service under test", "Aws.Service is not set");

    // One warning for one fault: the checks that it leaves without an answer say so and no more.
    private static Answer OfReading<T>(Reading<T>? reading, Answer none, Func<T, string> name) => reading switch
    {
        null => none,
        Reading<T>.Failed failed => new(CheckOutcome.Warning, "an answer of the ECS API", failed.Fault.ToString(), failed.Fault.Next),
        Reading<T>.Facts facts => new(CheckOutcome.Passed, "an answer of the ECS API", name(facts.Value)),
        _ => throw new NotSupportedException(reading.GetType().Name),
    };

    private static Answer Answer<T>(Reading<T>? reading, Answer none, Func<T, Answer> check) => reading switch
    {
        null => none,
        Reading<T>.Facts facts => check(facts.Value),
        _ => new(CheckOutcome.NotApplicable, "an answer of the ECS API", NotKnown),
    };
}
