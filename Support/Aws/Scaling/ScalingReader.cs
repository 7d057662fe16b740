using System.Globalization;
using Amazon.ApplicationAutoScaling;
using Amazon.ApplicationAutoScaling.Model;
using Amazon.ECS.Model;
using Support.Ecs;

namespace Support.Aws.Scaling;

/// <summary>Reads what keeps a service at its size. Only the caller's cancellation is thrown.</summary>
internal sealed class ScalingReader(AwsClients clients, TimeProvider? time = null)
{
    /// <summary>For one reading with all of its calls, their credentials, retries and pauses.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(40);

    // A list that never ends is none of AWS.
    private const int MostPages = 20;

    /// <summary>Reads service, scalable target, policies, target groups and load balancers.</summary>
    /// <param name="cluster">Name or ARN.</param>
    /// <param name="service">Name or ARN.</param>
    /// <param name="loadBalancer">One to read beside those of the service (Aws.LoadBalancer); null: none.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<Reading<DeployedScaling>> ReadAsync(
        string cluster, string service, string? loadBalancer, CancellationToken cancellationToken)
    {
        using var calls = new AwsCalls(Deadline, time, cancellationToken);
        return await calls.ReadAsync(async () =>
        {
            var found = await ServiceAsync(calls, cluster, service).ConfigureAwait(false);
            var name = EcsNames.ShortName(found.ServiceName) ?? EcsNames.ShortName(service);
            var of = EcsNames.Cluster(cluster, found.ServiceArn);
            var scaling = calls.ReadAsync(() => AutoScalingAsync(calls, $"service/{of}/{name}"));
            List<string> groups = [.. (found.LoadBalancers ?? []).Select(one => one.TargetGroupArn).OfType<string>()];
            var balancing = calls.ReadAsync(() => LoadBalancingAsync(calls, groups, loadBalancer));
            return new DeployedScaling
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
            };
        }).ConfigureAwait(false);
    }

    // The services of JSON list what they found, be it nothing: an answer without the list is none of theirs.
    private async Task<Service> ServiceAsync(AwsCalls calls, string cluster, string service)
    {
        const string action = "ecs:DescribeServices";
        var answer = await calls.CallAsync(
            action,
            token => clients.Ecs.DescribeServicesAsync(new() { Cluster = cluster, Services = [service] }, token),
            answer => answer.Services is not null).ConfigureAwait(false);
        return answer.Services!.FirstOrDefault()
            ?? throw AwsCalls.NotThere(
                action, $"service {EcsNames.ShortName(service)} in cluster {EcsNames.ShortName(cluster)} is not there");
    }

    private async Task<DeployedAutoScaling> AutoScalingAsync(AwsCalls calls, string resource)
    {
        var answer = await calls.CallAsync(
            "application-autoscaling:DescribeScalableTargets",
            token => clients.AutoScaling.DescribeScalableTargetsAsync(
                new()
                {
                    ServiceNamespace = ServiceNamespace.Ecs,
                    ScalableDimension = ScalableDimension.EcsServiceDesiredCount,
                    ResourceIds = [resource],
                }, token),
            answer => answer.ScalableTargets is not null).ConfigureAwait(false);
        var target = answer.ScalableTargets!.FirstOrDefault(target => target.ResourceId == resource);
        var policies = await PoliciesAsync(calls, resource).ConfigureAwait(false);
        return new(target is null ? null : ScalingFacts.Of(target), [.. policies.Select(ScalingFacts.Of)]);
    }

    private async Task<List<ScalingPolicy>> PoliciesAsync(AwsCalls calls, string resource)
    {
        var found = new List<ScalingPolicy>();
        string? next = null;
        for (var page = 0; page < MostPages; page++)
        {
            var request = new DescribeScalingPoliciesRequest
            {
                ServiceNamespace = ServiceNamespace.Ecs,
                ScalableDimension = ScalableDimension.EcsServiceDesiredCount,
                ResourceId = resource,
                NextToken = next,
            };
            var answer = await calls.CallAsync(
                "application-autoscaling:DescribeScalingPolicies",
                token => clients.AutoScaling.DescribeScalingPoliciesAsync(request, token),
                answer => answer.ScalingPolicies is not null).ConfigureAwait(false);
            found.AddRange(answer.ScalingPolicies!);
            if (string.IsNullOrEmpty(next = answer.NextToken))
                break;
        }

        return found;
    }

    private async Task<DeployedLoadBalancing> LoadBalancingAsync(
        AwsCalls calls, List<string> targetGroups, string? named)
    {
        List<string> arns = targetGroups.Count == 0 ? [] : await BeforeAsync(calls, targetGroups).ConfigureAwait(false);
        var before = arns.Count;
        // app/NAME/ID
        if (named?.Split('/') is [_, var name, _] && !arns.Any(arn => arn.EndsWith(named, StringComparison.Ordinal)))
        {
            var found = await calls.CallAsync(
                "elasticloadbalancing:DescribeLoadBalancers",
                token => clients.LoadBalancing.DescribeLoadBalancersAsync(new() { Names = [name] }, token))
                .ConfigureAwait(false);
            arns.AddRange((found.LoadBalancers ?? []).Select(one => one.LoadBalancerArn).OfType<string>());
        }

        var delays = new List<DeployedTargetGroup>();
        foreach (var arn in targetGroups)
            delays.Add(new(arn, await DelayAsync(calls, arn).ConfigureAwait(false)));
        var timeouts = new List<DeployedLoadBalancer>();
        foreach (var (at, arn) in arns.Index())
            timeouts.Add(new(arn, await TimeoutAsync(calls, arn).ConfigureAwait(false)) { IsOnlyNamed = at >= before });
        return new([.. delays], [.. timeouts]);
    }

    private async Task<List<string>> BeforeAsync(AwsCalls calls, List<string> targetGroups)
    {
        var answer = await calls.CallAsync(
            "elasticloadbalancing:DescribeTargetGroups",
            token => clients.LoadBalancing.DescribeTargetGroupsAsync(new() { TargetGroupArns = targetGroups }, token))
            .ConfigureAwait(false);
        return [.. (answer.TargetGroups ?? []).SelectMany(group => group.LoadBalancerArns ?? []).Distinct()];
    }

    private async Task<int?> DelayAsync(AwsCalls calls, string arn)
    {
        var answer = await calls.CallAsync(
            "elasticloadbalancing:DescribeTargetGroupAttributes",
            token => clients.LoadBalancing.DescribeTargetGroupAttributesAsync(new() { TargetGroupArn = arn }, token))
            .ConfigureAwait(false);
        const string key = "deregistration_delay.timeout_seconds";
        return Seconds(answer.Attributes?.FirstOrDefault(one => one.Key == key)?.Value);
    }

    private async Task<int?> TimeoutAsync(AwsCalls calls, string arn)
    {
        var answer = await calls.CallAsync(
            "elasticloadbalancing:DescribeLoadBalancerAttributes",
            token => clients.LoadBalancing.DescribeLoadBalancerAttributesAsync(new() { LoadBalancerArn = arn }, token))
            .ConfigureAwait(false);
        return Seconds(answer.Attributes?.FirstOrDefault(one => one.Key == "idle_timeout.timeout_seconds")?.Value);
    }

    private static int? Seconds(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;
}
