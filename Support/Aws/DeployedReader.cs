using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.Runtime;
using Task = System.Threading.Tasks.Task;

namespace Support.Aws;

/// <summary>Reads from the ECS API what is deployed. What goes wrong comes back as a value; only the caller's cancellation is thrown.</summary>
/// <param name="clients">The clients; the caller disposes of them.</param>
/// <param name="time">The clock of the deadline. Default: the system's.</param>
public sealed class DeployedReader(AwsClients clients, TimeProvider? time = null)
{
    /// <summary>How long one reading may take with its credentials, retries and pauses: 20 s.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    // Reasons of the list of failures (ECS developer guide, API failure reasons).
    private const string Missing = "MISSING";

    /// <summary>Reads a task.</summary>
    /// <param name="cluster">Its cluster: name or ARN.</param>
    /// <param name="task">Its id or ARN.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public Task<Reading<DeployedTask>> TaskAsync(string cluster, string task, CancellationToken cancellationToken) => ReadAsync(
        "ecs:DescribeTasks",
        async token =>
        {
            var answer = await clients.Ecs.DescribeTasksAsync(new DescribeTasksRequest { Cluster = cluster, Tasks = [task] }, token).ConfigureAwait(false);
            return answer.Tasks is [var found, ..] ? DeployedFacts.Of(found) : throw NotThere($"task {task} in cluster {cluster}", answer.Failures);
        },
        cancellationToken);

    /// <summary>Reads a task definition.</summary>
    /// <param name="taskDefinition">Its ARN, <c>family:revision</c>, or the family, for the newest active revision.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>JSON as <c>aws ecs describe-task-definition --include TAGS</c> prints it. It holds the values of variables: not for a report.</returns>
    public Task<Reading<string>> TaskDefinitionAsync(string taskDefinition, CancellationToken cancellationToken) => ReadAsync(
        "ecs:DescribeTaskDefinition",
        async token =>
        {
            var request = new DescribeTaskDefinitionRequest { TaskDefinition = taskDefinition, Include = [TaskDefinitionField.TAGS] };
            var answer = await clients.Ecs.DescribeTaskDefinitionAsync(request, token).ConfigureAwait(false);
            return answer.TaskDefinition is { } found ? DeployedJson.Of(found, answer.Tags) : throw NotThere($"task definition {taskDefinition}", failures: null);
        },
        cancellationToken);

    /// <summary>Reads a service.</summary>
    /// <param name="cluster">Its cluster: name or ARN.</param>
    /// <param name="service">Its name or ARN.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public Task<Reading<DeployedService>> ServiceAsync(string cluster, string service, CancellationToken cancellationToken) => ReadAsync(
        "ecs:DescribeServices",
        async token =>
        {
            var request = new DescribeServicesRequest { Cluster = cluster, Services = [service] };
            var answer = await clients.Ecs.DescribeServicesAsync(request, token).ConfigureAwait(false);
            return answer.Services is [var found, ..] ? DeployedFacts.Of(found, cluster) : throw NotThere($"service {service} in cluster {cluster}", answer.Failures);
        },
        cancellationToken);

    private async Task<Reading<T>> ReadAsync<T>(string action, Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Deadline, time ?? TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return new Reading<T>.Facts(await Bounded.CallAsync(read, either.Token).ConfigureAwait(false));
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            return new Reading<T>.Failed(error is NotThereException ? AwsFault.NotFound(action, error.Message) : AwsFault.Of(error, action));
        }
    }

    // ECS lists what it did not find: an answer without either list is none of ECS.
    private static Exception NotThere(string what, List<Failure>? failures) => failures is null
        ? new AmazonUnmarshallingException(requestId: null, lastKnownLocation: null, innerException: null)
        : new NotThereException(failures is [{ Reason: { Length: > 0 } reason }, ..] && reason != Missing ? $"{what} is not there ({reason})" : $"{what} is not there");

    private sealed class NotThereException(string message) : Exception(message);
}
