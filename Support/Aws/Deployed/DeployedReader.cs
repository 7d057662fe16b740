using Amazon.ECS;
using Amazon.ECS.Model;

namespace Support.Aws.Deployed;

/// <summary>
/// Reads from the ECS API what is deployed. Failures come back as values; only the caller's cancellation is thrown.
/// </summary>
internal sealed class DeployedReader(AwsClients clients, TimeProvider? time = null)
{
    /// <summary>How long one reading may take with its credentials, retries and pauses: 20 s.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    // Reasons of the list of failures (ECS developer guide, API failure reasons).
    private const string Missing = "MISSING";

    public Task<Reading<DeployedTask>> TaskAsync(string cluster, string task, CancellationToken cancellationToken) =>
        ReadAsync(
            "ecs:DescribeTasks",
            token => clients.Ecs.DescribeTasksAsync(new() { Cluster = cluster, Tasks = [task] }, token),
            answer => answer.Tasks is [var found, ..] ? DeployedTask.Of(found) : null, answer => answer.Failures,
            $"task {task} in cluster {cluster}", cancellationToken);

    /// <summary>Takes an ARN, <c>family:revision</c>, or the family for the newest active revision.</summary>
    /// <returns>
    /// JSON as <c>aws ecs describe-task-definition --include TAGS</c> prints it. It holds the values of variables: not
    /// for a report.
    /// </returns>
    public Task<Reading<string>> TaskDefinitionAsync(string taskDefinition, CancellationToken cancellationToken) =>
        ReadAsync(
            "ecs:DescribeTaskDefinition",
            token => clients.Ecs.DescribeTaskDefinitionAsync(
                new() { TaskDefinition = taskDefinition, Include = [TaskDefinitionField.TAGS] }, token),
            answer => answer.TaskDefinition is { } found ? SdkJson.Of(found, answer.Tags) : null, _ => null,
            $"task definition {taskDefinition}", cancellationToken);

    public Task<Reading<DeployedService>> ServiceAsync(
        string cluster, string service, CancellationToken cancellationToken) =>
        ReadAsync(
            "ecs:DescribeServices",
            token => clients.Ecs.DescribeServicesAsync(new() { Cluster = cluster, Services = [service] }, token),
            answer => answer.Services is [var found, ..] ? DeployedService.Of(found, cluster) : null,
            answer => answer.Failures, $"service {service} in cluster {cluster}", cancellationToken);

    // ECS lists what it did not find: an answer without either list is none of ECS.
    private async Task<Reading<T>> ReadAsync<TAnswer, T>(
        string action, Func<CancellationToken, Task<TAnswer>> call, Func<TAnswer, T?> facts,
        Func<TAnswer, List<Failure>?> failures, string what, CancellationToken cancellationToken)
        where T : class
    {
        using var calls = new AwsCalls(Deadline, time, cancellationToken);
        return await calls.ReadAsync(async () =>
        {
            T? found = null;
            var answer = await calls.CallAsync(
                action, call,
                answer => (found = facts(answer)) is not null || failures(answer) is not null).ConfigureAwait(false);
            var reason = failures(answer)?.FirstOrDefault()?.Reason;
            var more = string.IsNullOrEmpty(reason) || reason == Missing ? "" : $" ({reason})";
            return found ?? throw AwsCalls.NotThere(action, $"{what} is not there{more}");
        }).ConfigureAwait(false);
    }
}
