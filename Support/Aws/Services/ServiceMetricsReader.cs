using System.Collections.Immutable;
using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using Support.Ecs;

namespace Support.Aws.Services;

/// <summary>
/// Reads what CloudWatch says of the service under test and its load balancer for the minutes of a run.
/// </summary>
/// <param name="client">Gives the client; may throw where no region is known.</param>
/// <param name="time">For the waits.</param>
internal sealed class ServiceMetricsReader(Func<IAmazonCloudWatch> client, TimeProvider time)
{
    private const int SecondsOfAMinute = 60;

    // A window of minutes fits into one page a thousand times over; a service that always names another page must not
    // hold the run.
    private const int MostPages = 50;

    /// <summary>Metrics of ECS come a minute late, those of load balancers one to three.</summary>
    public TimeSpan Between { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long one round of questions may take.</summary>
    public TimeSpan AnswersWithin { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Reads, and asks again while minutes are missing, for at most <paramref name="wait"/> (<c>Aws.MetricsWait</c>;
    /// zero asks once). A metric without data is "no data" and never 0. Never throws for anything that AWS or the
    /// network does; when cancelled, what is there by then is the answer.
    /// </summary>
    public async Task<ServiceMetrics> ReadAsync(
        ServiceScope scope, RunWindow window, TimeSpan wait, Action<string> progress,
        CancellationToken cancellationToken)
    {
        var queries = ServiceQueries.Of(scope);
        var answers = new ServiceAnswers(queries, window);
        var start = time.GetTimestamp();
        var problem = await AskAsync(queries, window, answers, cancellationToken).ConfigureAwait(false);
        // Where the first round is not answered, the next is not either; a later one costs nothing of what is there.
        var isAnswered = problem is null;
        // A load balancer's rare counts of a minute come beside its connections, and may come a moment after them.
        var isConfirmed = scope.LoadBalancer is null;
        while (isAnswered && wait - time.GetElapsedTime(start) is var left && left > TimeSpan.Zero)
        {
            if (problem is null && answers.Missing == 0 && !answers.IsTroubled)
            {
                if (isConfirmed)
                    break;
                isConfirmed = true;
            }

            progress(Waiting(answers, problem, left));
            if (!await PauseAsync(left < Between ? left : Between, cancellationToken).ConfigureAwait(false))
                break;
            problem = await AskAsync(queries, window, answers, cancellationToken).ConfigureAwait(false);
        }

        return new()
        {
            Service = scope.ServiceName,
            LoadBalancer = scope.LoadBalancer,
            From = window.From,
            Until = window.Until,
            LoadedMinutes = window.Loaded,
            Metrics = answers.Metrics(),
            Problem = problem,
        };
    }

    // Null where it was answered, else why not.
    private async Task<string?> AskAsync(
        ImmutableArray<ServiceQuery> queries, RunWindow window, ServiceAnswers answers,
        CancellationToken cancellationToken)
    {
        using var budget = new CancellationTokenSource(AnswersWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, cancellationToken);
        try
        {
            string? next = null;
            for (var page = 0; page < MostPages; page++)
            {
                var answer = await AwsCalls.WithTimeoutAsync(
                    token => client().GetMetricDataAsync(Request(queries, window, next), token),
                    either.Token).ConfigureAwait(false);
                answers.Add(answer);
                next = answer.NextToken;
                if (string.IsNullOrEmpty(next))
                    return null;
            }

            return Say($"CloudWatch named yet another page after {MostPages}: read the metrics in its console");
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            return cancellationToken.IsCancellationRequested
                ? "the run was stopped before CloudWatch answered: run it again to its end"
                : Say($"CloudWatch did not answer within {AnswersWithin.TotalSeconds:0.#} s: ")
                    + "look at the network between this task and CloudWatch "
                    + "(route, NAT or VPC endpoint for monitoring)";
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            var known = AwsFault.Of(fault, "cloudwatch:GetMetricData");
            return $"{known}. {known.Next}";
        }
    }

    private async Task<bool> PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    // No unit is given: a metric that was put with another would be an empty answer.
    private static GetMetricDataRequest Request(
        ImmutableArray<ServiceQuery> queries, RunWindow window, string? page) => new()
    {
        StartTime = window.From.UtcDateTime,
        EndTime = window.Until.UtcDateTime,
        ScanBy = ScanBy.TimestampAscending,
        NextToken = page,
        MetricDataQueries =
        [
            .. queries.Select(query => new MetricDataQuery
            {
                Id = query.Id,
                MetricStat = new()
                {
                    Metric = new()
                    {
                        Namespace = query.Namespace,
                        MetricName = query.Metric.Name,
                        Dimensions = [.. query.Dimensions.Select(dimension => dimension.ToSdk())],
                    },
                    Period = SecondsOfAMinute,
                    Stat = query.Metric.Statistic,
                },
            }),
        ],
    };

    private static string Waiting(ServiceAnswers answers, string? problem, TimeSpan left)
    {
        var what = answers switch
        {
            _ when problem is not null => $", which did not answer when asked again ({problem})",
            { Missing: > 0 } =>
                Say($": {answers.Missing} minutes of {string.Join(", ", answers.Incomplete)} are still missing"),
            { IsTroubled: true } => ", which failed to read a metric",
            _ => ": all minutes are there, and it is asked once more for what comes late",
        };
        return Say($"waiting for CloudWatch{what}; at most {left.TotalSeconds:0} s more (Aws.MetricsWait)");
    }
}

/// <summary>The service under test, the load balancer before it, or both.</summary>
/// <param name="Cluster">Name or ARN; null is the cluster of the service's ARN, else <c>default</c>.</param>
/// <param name="Service">Name or ARN; null where none is named.</param>
/// <param name="LoadBalancer">As in <c>app/NAME/ID</c>; null where none is named.</param>
internal sealed record ServiceScope(string? Cluster, string? Service, string? LoadBalancer)
{
    /// <summary>As in <c>cluster/service</c>; null where no service is named.</summary>
    internal string? ServiceName =>
        Service is null ? null : $"{EcsNames.Cluster(Cluster, Service)}/{EcsNames.ShortName(Service)}";

    public bool IsEmpty => Service is null && LoadBalancer is null;
}
