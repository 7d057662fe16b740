using System.Collections.Immutable;
using Support.Host;

namespace Support.Ecs;

/// <summary>Asks the metadata endpoint of the task, once, within 3 s in all; whatever it answers ends in a value, never in an exception.</summary>
/// <param name="environment">The environment variables of the process.</param>
/// <param name="handler">Sends the requests; null sends them without proxy, redirects and cookies. The caller's is not disposed.</param>
/// <param name="time">The clock of the deadline and of the pauses between tries; null is the system's.</param>
public sealed class TaskMetadataReader(IReadOnlyDictionary<string, string> environment, HttpMessageHandler? handler = null, TimeProvider? time = null)
{
    /// <summary>The most that everything takes together, tries and pauses included: the endpoint is slow at times, and a run must not wait for it.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(3);

    private readonly TimeProvider time = time ?? TimeProvider.System;
    private readonly Lock gate = new();

    // Written below the gate, by the first that asks only.
    private Task<TaskMetadata>? reading;

    /// <summary>The task as it was when this was first asked for; asked again it is the same value.</summary>
    /// <param name="cancellationToken">Ends this caller's wait; the reading, which ends by itself, goes on for the others.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<TaskMetadata> ReadAsync(CancellationToken cancellationToken)
    {
        Task<TaskMetadata> shared;
        lock (gate)
            shared = reading ??= ReadOnceAsync();

        return await shared.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<TaskMetadata> ReadOnceAsync()
    {
        if (MetadataEndpoint.From(environment) is not { } endpoint)
            return new TaskMetadata.Outside();
        if (endpoint.Problem is { } problem)
            return new TaskMetadata.Unavailable(problem);

        using var deadline = new CancellationTokenSource(Deadline, time);
        using var client = Client();
        var fetch = new MetadataFetch(client, time);
        var version = endpoint.Version;
        var execution = environment.GetValueOrDefault("AWS_EXECUTION_ENV") is { } name && !string.IsNullOrWhiteSpace(name) ? Words.Line(name.Trim()) : null;
        var task = await GetAsync(fetch, endpoint.At("/task"), text => EcsTaskParser.Parse(text, version, execution), deadline.Token).ConfigureAwait(false);
        if (task.Value is not { } read)
            return new TaskMetadata.Unavailable(task.Why!);

        var own = await GetAsync(fetch, endpoint.At(""), EcsContainerParser.DockerId, deadline.Token).ConfigureAwait(false);
        var memory = await GetAsync(fetch, endpoint.At("/task/stats"), StatsParser.MemoryInUse, deadline.Token).ConfigureAwait(false);
        return new TaskMetadata.Read(Complete(read, own, memory));
    }

    private static async Task<Fetched<T>> GetAsync<T>(MetadataFetch fetch, Uri url, Func<string, T?> parse, CancellationToken deadline)
        where T : class
    {
        try
        {
            return await fetch.GetAsync(url, parse, deadline).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return new(null, $"no usable answer within the {Deadline.TotalSeconds:0} s that all of it may take");
        }
        catch (Exception problem)
        {
            return new(null, $"no answer: {problem.GetType().Name}: {Words.Line(problem.Message)}");
        }
    }

    private HttpClient Client() => new(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }, disposeHandler: handler is null)
    {
        MaxResponseContentBufferSize = MetadataFetch.MostBytes,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private static EcsTask Complete(EcsTask task, Fetched<string> own, Fetched<ImmutableDictionary<string, long>> memory)
    {
        var gaps = ImmutableArray.CreateBuilder<string>();
        var normal = task.Containers.Where(container => container.IsNormal).ToArray();
        // A task of one container leaves no doubt, whatever the endpoint says.
        var id = own.Value ?? (normal.Length == 1 ? normal[0].DockerId : null);
        if (!task.Containers.Any(container => container.DockerId == id))
            gaps.Add($"which container this is: {own.Why ?? "the one that the endpoint names is not among the task's"}");
        if (memory.Why is { } why)
            gaps.Add($"statistics: {why}");
        return task with
        {
            ThisDockerId = id,
            Containers = memory.Value is not { } bytes ? task.Containers
                : [.. task.Containers.Select(container => container with { MemoryInUseBytes = bytes.TryGetValue(container.DockerId, out var inUse) ? inUse : null })],
            Gaps = gaps.ToImmutable(),
        };
    }
}
