using Amazon.ECS.Model;

namespace Support.Aws.Scaling;

/// <summary>Reads what keeps a service at its size. What goes wrong comes back as a value; only the caller's cancellation is thrown.</summary>
/// <param name="clients">The clients; the caller disposes of them.</param>
/// <param name="time">The clock of the deadline. Default: the system's.</param>
public sealed class ScalingReader(AwsClients clients, TimeProvider? time = null)
{
    /// <summary>How long one reading may take with all of its calls, their credentials, retries and pauses: 40 s.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(40);

    /// <summary>Reads service, scalable target, policies, target groups and load balancers.</summary>
    /// <param name="cluster">The cluster: name or ARN.</param>
    /// <param name="service">The service: name or ARN.</param>
    /// <param name="loadBalancer">A load balancer to read beside those of the service, as CloudWatch names it (the setting Aws.LoadBalancer); null: none.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<Reading<DeployedScaling>> ReadAsync(string cluster, string service, string? loadBalancer, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Deadline, time ?? TimeProvider.System);
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var calls = new ScalingCalls(clients, bound.Token, cancellationToken);
        var read = await calls.ReadAsync(() => ServiceAsync(calls, cluster, service)).ConfigureAwait(false);
        if (read is not Reading<Service>.Facts { Value: var found })
            return new Reading<DeployedScaling>.Failed(((Reading<Service>.Failed)read).Fault);

        var name = EcsNames.ShortName(found.ServiceName) ?? EcsNames.ShortName(service) ?? service;
        var of = EcsNames.Cluster(cluster, found.ServiceArn);
        var scaling = calls.ReadAsync(() => AutoScalingAsync(calls, $"service/{of}/{name}"));
        List<string> groups = [.. (found.LoadBalancers ?? []).Select(one => one.TargetGroupArn).OfType<string>()];
        var balancing = calls.ReadAsync(() => LoadBalancingAsync(calls, groups, loadBalancer));
        return new Reading<DeployedScaling>.Facts(new()
        {
            Service = name,
            Cluster = of,
            Desired = found.DesiredCount,
            MinimumHealthyPercent = found.DeploymentConfiguration?.MinimumHealthyPercent,
            MaximumPercent = found.DeploymentConfiguration?.MaximumPercent,
            HealthCheckGraceSeconds = found.HealthCheckGracePeriodSeconds,
            TargetGroupArns = [.. groups],
            AutoScaling = await scaling.ConfigureAwait(false),
            LoadBalancing = await balancing.ConfigureAwait(false),
        });
    }

    private static async Task<Service> ServiceAsync(ScalingCalls calls, string cluster, string service) =>
        await calls.ServiceAsync(cluster, service).ConfigureAwait(false) ?? throw new NotThereException($"service {EcsNames.ShortName(service)} in cluster {EcsNames.ShortName(cluster)} is not there");

    private static async Task<DeployedAutoScaling> AutoScalingAsync(ScalingCalls calls, string resource)
    {
        var target = await calls.TargetAsync(resource).ConfigureAwait(false);
        var policies = await calls.PoliciesAsync(resource).ConfigureAwait(false);
        return new(target is null ? null : ScalingFacts.Of(target), [.. policies.Select(ScalingFacts.Of)]);
    }

    private static async Task<DeployedLoadBalancing> LoadBalancingAsync(ScalingCalls calls, List<string> targetGroups, string? named)
    {
        var groups = targetGroups.Count == 0 ? [] : await calls.TargetGroupsAsync(targetGroups).ConfigureAwait(false);
        List<string> arns = [.. groups.SelectMany(group => group.LoadBalancerArns ?? []).Distinct()];
        var before = arns.Count;
        // app/NAME/ID
        if (named?.Split('/') is [_, var name, _] && !arns.Any(arn => arn.EndsWith(named, StringComparison.Ordinal)))
            arns.AddRange((await calls.LoadBalancersAsync(name).ConfigureAwait(false)).Select(found => found.LoadBalancerArn).OfType<string>());
        var delays = new List<DeployedTargetGroup>();
        foreach (var arn in targetGroups)
            delays.Add(new(arn, await calls.DeregistrationDelayAsync(arn).ConfigureAwait(false)));
        var timeouts = new List<DeployedLoadBalancer>();
        foreach (var (at, arn) in arns.Index())
            timeouts.Add(new(arn, await calls.IdleTimeoutAsync(arn).ConfigureAwait(false)) { IsOnlyNamed = at >= before });
        return new([.. delays], [.. timeouts]);
    }
}
