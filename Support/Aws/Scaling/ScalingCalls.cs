using Amazon.ApplicationAutoScaling;
using Amazon.ApplicationAutoScaling.Model;
using Amazon.ECS.Model;
using Amazon.ElasticLoadBalancingV2.Model;
using Amazon.Runtime;

namespace Support.Aws.Scaling;

/// <summary>The calls of a reading, each within its bound, each known by the IAM action that it needs.</summary>
/// <param name="clients">The clients.</param>
/// <param name="bound">Ends a call: the deadline or the caller.</param>
/// <param name="caller">The caller's part of it.</param>
internal sealed class ScalingCalls(AwsClients clients, CancellationToken bound, CancellationToken caller)
{
    // A list that never ends is none of AWS.
    private const int MostPages = 20;

    /// <summary>What a part of the reading brings, or the fault of the first call that failed.</summary>
    public async Task<Reading<T>> ReadAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return new Reading<T>.Facts(await read().ConfigureAwait(false));
        }
        catch (CallFailedException error) when (!caller.IsCancellationRequested)
        {
            return new Reading<T>.Failed(AwsFault.Of(error.InnerException!, error.Message));
        }
        catch (NotThereException error) when (!caller.IsCancellationRequested)
        {
            return new Reading<T>.Failed(AwsFault.NotFound("ecs:DescribeServices", error.Message));
        }
    }

    /// <summary>The service; null where it is not there.</summary>
    public async Task<Service?> ServiceAsync(string cluster, string service)
    {
        var answer = await CallAsync(
            "ecs:DescribeServices", token => clients.Ecs.DescribeServicesAsync(new() { Cluster = cluster, Services = [service] }, token), answer => answer.Services is not null).ConfigureAwait(false);
        return answer.Services?.FirstOrDefault();
    }

    /// <summary>The scalable target; null where none is registered.</summary>
    public async Task<ScalableTarget?> TargetAsync(string resource)
    {
        var request = new DescribeScalableTargetsRequest
        {
            ServiceNamespace = ServiceNamespace.Ecs,
            ScalableDimension = ScalableDimension.EcsServiceDesiredCount,
            ResourceIds = [resource],
        };
        var answer = await CallAsync(
            "application-autoscaling:DescribeScalableTargets", token => clients.AutoScaling.DescribeScalableTargetsAsync(request, token), answer => answer.ScalableTargets is not null).ConfigureAwait(false);
        return answer.ScalableTargets?.FirstOrDefault(target => target.ResourceId == resource);
    }

    /// <summary>All policies of the resource.</summary>
    public async Task<List<ScalingPolicy>> PoliciesAsync(string resource)
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
            var answer = await CallAsync(
                "application-autoscaling:DescribeScalingPolicies", token => clients.AutoScaling.DescribeScalingPoliciesAsync(request, token), answer => answer.ScalingPolicies is not null).ConfigureAwait(false);
            found.AddRange(answer.ScalingPolicies ?? []);
            if (string.IsNullOrEmpty(next = answer.NextToken))
                break;
        }

        return found;
    }

    /// <summary>Target groups by their ARNs.</summary>
    public Task<List<TargetGroup>> TargetGroupsAsync(List<string> arns) => ListAsync(
        "elasticloadbalancing:DescribeTargetGroups",
        token => clients.LoadBalancing.DescribeTargetGroupsAsync(new() { TargetGroupArns = arns }, token),
        answer => answer.TargetGroups);

    /// <summary>The load balancers of that name.</summary>
    public Task<List<Amazon.ElasticLoadBalancingV2.Model.LoadBalancer>> LoadBalancersAsync(string name) => ListAsync(
        "elasticloadbalancing:DescribeLoadBalancers",
        token => clients.LoadBalancing.DescribeLoadBalancersAsync(new() { Names = [name] }, token),
        answer => answer.LoadBalancers);

    /// <summary>Deregistration delay of a target group in seconds; null where it has none.</summary>
    public async Task<int?> DeregistrationDelayAsync(string targetGroup) => ScalingFacts.Seconds(
        (await ListAsync(
            "elasticloadbalancing:DescribeTargetGroupAttributes",
            token => clients.LoadBalancing.DescribeTargetGroupAttributesAsync(new() { TargetGroupArn = targetGroup }, token),
            answer => answer.Attributes).ConfigureAwait(false)).Select(one => (one.Key, one.Value)),
        "deregistration_delay.timeout_seconds");

    /// <summary>Idle timeout of a load balancer in seconds; null where it has none.</summary>
    public async Task<int?> IdleTimeoutAsync(string loadBalancer) => ScalingFacts.Seconds(
        (await ListAsync(
            "elasticloadbalancing:DescribeLoadBalancerAttributes",
            token => clients.LoadBalancing.DescribeLoadBalancerAttributesAsync(new() { LoadBalancerArn = loadBalancer }, token),
            answer => answer.Attributes).ConfigureAwait(false)).Select(one => (one.Key, one.Value)),
        "idle_timeout.timeout_seconds");

    private async Task<List<T>> ListAsync<TAnswer, T>(string action, Func<CancellationToken, Task<TAnswer>> call, Func<TAnswer, List<T>?> list) =>
        list(await CallAsync(action, call).ConfigureAwait(false)) ?? [];

    // The services of JSON list what they found, be it nothing: an answer without the list is none of theirs.
    private async Task<T> CallAsync<T>(string action, Func<CancellationToken, Task<T>> call, Predicate<T>? isAnswer = null)
    {
        try
        {
            var answer = await Bounded.CallAsync(call, bound).ConfigureAwait(false);
            return isAnswer?.Invoke(answer) ?? true ? answer : throw new AmazonUnmarshallingException(requestId: null, lastKnownLocation: null, innerException: null);
        }
        catch (Exception error) when (!caller.IsCancellationRequested)
        {
            throw new CallFailedException(action, error);
        }
    }

    // The action is the message.
    private sealed class CallFailedException(string action, Exception inner) : Exception(action, inner);
}

/// <summary>What was asked for is not there.</summary>
internal sealed class NotThereException(string message) : Exception(message);
