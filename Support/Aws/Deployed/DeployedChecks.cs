using System.Collections.Immutable;
using Support.Host;

namespace Support.Aws.Deployed;

/// <summary>The checks that ask the ECS API: about the suite's own task, and about the service under test.</summary>
internal static class DeployedChecks
{
    private const string Expected = "an answer of the ECS API";

    private static readonly Answer NoTask = Answer.NotApplicable("a task of ECS", "this run is none");
    private static readonly Answer NoService = Answer.NotApplicable("a service under test", "Aws.Service is not set");

    /// <summary>Those about the suite's own task, in the order of the report. Making the list reads nothing.</summary>
    public static ImmutableArray<DeferredCheck> OfTask(Func<CancellationToken, Task<DeployedContext>> context) =>
        Checks(
            "Task",
            async token => await (await context(token).ConfigureAwait(false)).TaskAsync(token).ConfigureAwait(false),
            NoTask, ("ECS answers about the task of this run", task => task.Arn),
            ("State", "Task of this run is not being stopped", TaskChecks.State),
            ("Sidecars", "Containers beside the suite run", TaskChecks.Containers),
            ("Interruption", "Task of this run is not on Spot capacity", TaskChecks.Interruption),
            ("Exec", "ECS Exec is off while it measures", TaskChecks.Exec),
            ("PlatformVersion", "Fargate platform has what the suite needs", TaskChecks.Platform),
            ("Once", "Nothing starts the run again when it ends", TaskChecks.Once));

    public static ImmutableArray<DeferredCheck> OfService(Func<CancellationToken, Task<DeployedContext>> context) =>
        Checks(
            "Service",
            async token => await (await context(token).ConfigureAwait(false)).ServiceAsync(token).ConfigureAwait(false),
            NoService, ("ECS answers about the service under test", service => service.Name),
            ("Running", "Service under test runs what it wants", ServiceChecks.Running),
            ("OneTask", "One task holds all connections", ServiceChecks.OneTask),
            ("Deployment", "One task definition is measured, not two", ServiceChecks.Deployment),
            ("Failures", "Tasks of the service start and stay healthy", ServiceChecks.Failures),
            ("HealthGrace", "Health checks wait for a task to start", ServiceChecks.HealthGrace),
            ("Interruption", "Service under test is not on Spot capacity", ServiceChecks.Interruption),
            ("Network", "Tasks of the service have interfaces of their own", ServiceChecks.Network));

    // One warning for one fault: the checks that it leaves without an answer say so and no more.
    private static ImmutableArray<DeferredCheck> Checks<T>(
        string about, Func<CancellationToken, Task<Reading<T>?>> read, Answer none,
        (string Title, Func<T, string> Name) api, params (string Name, string Title, Func<T, Answer> Of)[] checks)
        where T : class
    {
        return
        [
            Check("Api", api.Title, OfApi),
            .. checks.Select(check => Check(check.Name, check.Title, OfFacts(check.Of))),
        ];

        DeferredCheck Check(string name, string title, Func<Reading<T>, Answer> of) => new(
            $"{about}.{name}", title,
            async token => await read(token).ConfigureAwait(false) is { } reading ? of(reading) : none);

        Answer OfApi(Reading<T> reading) => reading is { Fault: { } fault }
            ? Answer.Warning(Expected, fault.ToString(), fault.Next)
            : Answer.Passed(Expected, api.Name(reading.Value!));

        Func<Reading<T>, Answer> OfFacts(Func<T, Answer> of) => reading => reading is { Value: { } facts }
            ? of(facts)
            : Answer.NotApplicable(Expected, "not known: it could not be read");
    }
}
