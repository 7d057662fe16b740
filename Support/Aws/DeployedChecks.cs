using System.Collections.Immutable;
using Support.Environments;

namespace Support.Aws;

/// <summary>The checks that ask the ECS API: about the task that the suite runs in, and about the service under test.</summary>
public static class DeployedChecks
{
    private const string NotKnown = "not known: it could not be read";

    /// <summary>All of them, in the order that they run and are reported in. Making the list reads nothing.</summary>
    /// <param name="context">What they ask about.</param>
    public static ImmutableArray<DeferredCheck> Of(DeployedContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return
        [
            new("Task.Api", "ECS answers about the task of this run", async token => OfReading(await context.TaskAsync(token).ConfigureAwait(false), NoTask, task => task.Arn)),
            OfTask("State", "Task of this run is not being stopped", TaskChecks.State),
            OfTask("Containers", "Containers beside the suite run", TaskChecks.Containers),
            OfTask("Interruption", "Task of this run is not on Spot capacity", TaskChecks.Interruption),
            OfTask("Exec", "ECS Exec is off while it measures", TaskChecks.Exec),
            OfTask("Platform", "Fargate platform has what the suite needs", TaskChecks.Platform),
            OfTask("Once", "Nothing starts the run again when it ends", TaskChecks.Once),
            new("Service.Api", "ECS answers about the service under test", async token => OfReading(await context.ServiceAsync(token).ConfigureAwait(false), NoService, service => service.Name)),
            OfService("Running", "Service under test runs what it wants", ServiceChecks.Running),
            OfService("OneTask", "One task holds all connections", ServiceChecks.OneTask),
            OfService("Deployment", "One task definition is measured, not two", ServiceChecks.Deployment),
            OfService("Failures", "Tasks of the service start and stay healthy", ServiceChecks.Failures),
            OfService("HealthGrace", "Health checks wait for a task to start", ServiceChecks.HealthGrace),
            OfService("Interruption", "Service under test is not on Spot capacity", ServiceChecks.Interruption),
            OfService("Network", "Tasks of the service have interfaces of their own", ServiceChecks.Network),
        ];

        DeferredCheck OfTask(string name, string title, Func<DeployedTask, Answer> check) => new(
            $"Task.{name}", title, async token => Answer(await context.TaskAsync(token).ConfigureAwait(false), NoTask, check));

        DeferredCheck OfService(string name, string title, Func<DeployedService, Answer> check) => new(
            $"Service.{name}", title, async token => Answer(await context.ServiceAsync(token).ConfigureAwait(false), NoService, check));
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
