using System.Collections.Immutable;
using System.Net;
using System.Text;
using Support.Host;

namespace Support.Ecs;

/// <summary>
/// Asks the metadata endpoint of the task, once, within 3 s in all; whatever it answers ends in a value, never in an
/// exception.
/// </summary>
/// <param name="environment">The environment variables of the process.</param>
/// <param name="handler">
/// Sends the requests; null sends them without proxy, redirects and cookies. The caller's is not disposed.
/// </param>
/// <param name="time">The clock of the deadline and of the pauses between attempts; null is the system's.</param>
internal sealed class TaskMetadataReader(
    IReadOnlyDictionary<string, string> environment, HttpMessageHandler? handler = null, TimeProvider? time = null)
{
    /// <summary>With attempts and pauses: the endpoint is slow at times, and a run must not wait for it.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(3);

    private readonly Lazy<Task<TaskMetadata>> reading =
        new(() => AskAsync(environment, handler, time ?? TimeProvider.System));

    /// <summary>The same value for every caller.</summary>
    /// <param name="cancellationToken">Ends this caller's wait; the reading goes on for the others.</param>
    public Task<TaskMetadata> ReadAsync(CancellationToken cancellationToken) =>
        reading.Value.WaitAsync(cancellationToken);

    private static async Task<TaskMetadata> AskAsync(
        IReadOnlyDictionary<string, string> environment, HttpMessageHandler? handler, TimeProvider time)
    {
        if (MetadataEndpoint.From(environment) is not { } endpoint)
            return new TaskMetadata.Outside();
        if (endpoint.Problem is { } problem)
            return new TaskMetadata.Unavailable(problem);

        using var deadline = new CancellationTokenSource(Deadline, time);
        using var client = Client(handler);
        var fetch = new MetadataFetch(client, time);
        var version = endpoint.Version;
        var execution = environment.GetValueOrDefault("AWS_EXECUTION_ENV") is { } name
            && !string.IsNullOrWhiteSpace(name) ? Words.Line(name.Trim()) : null;
        var task = await GetAsync(fetch, endpoint.At("/task"), text => EcsTaskParser.Parse(text, version, execution),
            deadline.Token).ConfigureAwait(false);
        if (task.Value is not { } read)
            return new TaskMetadata.Unavailable(task.Why!);

        var own = await GetAsync(fetch, endpoint.At(""), EcsContainerParser.DockerId, deadline.Token)
            .ConfigureAwait(false);
        var memory = await GetAsync(fetch, endpoint.At("/task/stats"), StatsParser.MemoryInUse, deadline.Token)
            .ConfigureAwait(false);
        return new TaskMetadata.Read(Complete(read, own, memory));
    }

    private static async Task<Fetched<T>> GetAsync<T>(
        MetadataFetch fetch, Uri url, Func<string, T?> parse, CancellationToken deadline)
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

    private static HttpClient Client(HttpMessageHandler? handler) => new(
        handler ?? new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false },
        disposeHandler: handler is null)
    {
        MaxResponseContentBufferSize = MetadataFetch.MostBytes,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private static EcsTask Complete(
        EcsTask task, Fetched<string> own, Fetched<ImmutableDictionary<string, long>> memory)
    {
        var gaps = ImmutableArray.CreateBuilder<string>();
        var normal = task.Containers.Where(container => container.IsNormal).ToArray();
        // A task of one container leaves no doubt, whatever the endpoint says.
        var id = own.Value ?? (normal.Length == 1 ? normal[0].DockerId : null);
        if (!task.Containers.Any(container => container.DockerId == id))
            gaps.Add(
                $"which container this is: {own.Why ?? "the one that the endpoint names is not among the task's"}");
        if (memory.Why is { } why)
            gaps.Add($"statistics: {why}");
        return task with
        {
            ThisDockerId = id,
            Containers = memory.Value is not { } bytes ? task.Containers
                : [.. task.Containers.Select(container => container with
                {
                    MemoryInUseBytes = bytes.TryGetValue(container.DockerId, out var inUse) ? inUse : null,
                })],
            Gaps = gaps.ToImmutable(),
        };
    }
}

/// <summary>Where the agent says that the metadata is. A variable that is empty counts as not set.</summary>
/// <param name="Version">4, or 3 on a Fargate platform before 1.4.0 and an agent before 1.39.0.</param>
/// <param name="Base">The container's own path, without a slash at its end; null with a problem.</param>
/// <param name="Problem">Why nothing is asked there; null where it may be asked.</param>
internal sealed record MetadataEndpoint(int Version, Uri? Base, string? Problem)
{
    public const string Version4 = "ECS_CONTAINER_METADATA_URI_V4";

    public const string Version3 = "ECS_CONTAINER_METADATA_URI";

    /// <summary>The agent's link-local address (ECS developer guide, task metadata endpoint).</summary>
    private static readonly IPAddress Agent = new([169, 254, 170, 2]);

    /// <summary>The first 32 bits of fd00:ec2::/32, which AWS answers on in networks without IPv4.</summary>
    private static readonly byte[] AwsNetwork = [0xFD, 0x00, 0x0E, 0xC2];

    /// <summary>That of version 4 first; null outside of ECS.</summary>
    public static MetadataEndpoint? From(IReadOnlyDictionary<string, string> environment) =>
        Of(environment, Version4, 4) ?? Of(environment, Version3, 3);

    /// <summary>As <c>/task</c>, below the container's own path.</summary>
    internal Uri At(string path) => new(Base!.AbsoluteUri.TrimEnd('/') + path);

    private static MetadataEndpoint? Of(IReadOnlyDictionary<string, string> environment, string name, int version)
    {
        if (!environment.TryGetValue(name, out var value) || string.IsNullOrWhiteSpace(value))
            return null;

        if (Refusal(value.Trim()) is { } problem)
            return new(
                version, null,
                $"{name} {problem}, and only http:// to 169.254.170.2, fd00:ec2::/32 or loopback is asked");

        // A slash at the end is not routed and answers 404; a doubled one is redirected.
        return new(version, new Uri(value.Trim().TrimEnd('/')), null);
    }

    // Whoever can set the variable could else make the suite ask any server of the network, and print what it answers.
    private static string? Refusal(string value)
    {
        if (!Uri.TryCreate(value, UriKind.Absolute, out var uri))
            return "is not an absolute URL";
        if (uri.Scheme != Uri.UriSchemeHttp)
            return $"has the scheme {Words.Quote(uri.Scheme)}";
        if (uri.UserInfo.Length > 0)
            return "holds a user name or password";
        if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
            return "holds a query or fragment";
        return uri.IsLoopback || (IPAddress.TryParse(uri.IdnHost, out var address) && IsOfAws(address))
            ? null
            : $"names the host {Words.Quote(uri.Host)}";
    }

    private static bool IsOfAws(IPAddress address) =>
        address.Equals(Agent) || address.GetAddressBytes().AsSpan().StartsWith(AwsNetwork);
}

/// <summary>What one path of the endpoint answered: a value, or why not, as a clause without a full stop.</summary>
internal sealed record Fetched<T>(T? Value, string? Why)
    where T : class;

/// <summary>Asks the endpoint for one path, a few times where that can help. No answer of it throws.</summary>
internal sealed class MetadataFetch(HttpClient client, TimeProvider time)
{
    /// <summary>Ten times the body of a task of ten containers, the most that ECS allows.</summary>
    internal const int MostBytes = 1 << 20;

    // Four attempts: an early answer, a throttled or a broken one is mostly right within the second in which statistics
    // appear.
    private static readonly TimeSpan[] Pauses =
        [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(900)];

    /// <exception cref="OperationCanceledException">The deadline has passed.</exception>
    internal async Task<Fetched<T>> GetAsync<T>(Uri url, Func<string, T?> parse, CancellationToken deadline)
        where T : class
    {
        for (var attempt = 0; ; attempt++)
        {
            var (fetched, mayHelp) = await TryAsync(url, parse, deadline).ConfigureAwait(false);
            if (fetched.Value is not null || !mayHelp || attempt == Pauses.Length)
                return fetched;
            await Task.Delay(Pauses[attempt], time, deadline).ConfigureAwait(false);
        }
    }

    private async Task<(Fetched<T> Fetched, bool TryingAgainMayHelp)> TryAsync<T>(
        Uri url, Func<string, T?> parse, CancellationToken deadline)
        where T : class
    {
        try
        {
            using var response = await client.GetAsync(url, deadline).ConfigureAwait(false);
            var text = Encoding.UTF8.GetString(
                await response.Content.ReadAsByteArrayAsync(deadline).ConfigureAwait(false));
            if (response.StatusCode != HttpStatusCode.OK)
                return (
                    new(null, $"{(int)response.StatusCode} {Words.Quote(text)}{Redirected(response)}"),
                    IsPassing(response.StatusCode));
            return Parsed(text, parse) is { } value
                ? (new(value, null), false)
                : (new(null, $"the answer is not what the endpoint documents: {Words.Quote(text)}"), true);
        }
        catch (HttpRequestException problem)
            when (problem.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            return (new(null, $"the answer is longer than {Words.Bytes(MostBytes)}"), false);
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException)
        {
            return (new(null, $"no answer: {Words.Line(problem.Message)}"), true);
        }
    }

    // Whoever answers may lie in a way that no parser foresees: whatever one throws is an answer that it can't read.
    private static T? Parsed<T>(string text, Func<string, T?> parse)
        where T : class
    {
        try
        {
            return parse(text);
        }
        catch (Exception)
        {
            return null;
        }
    }

    private static string Redirected(HttpResponseMessage response) =>
        (int)response.StatusCode is >= 300 and < 400 ? ", and redirects are not followed" : "";

    private static bool IsPassing(HttpStatusCode status) =>
        status == HttpStatusCode.TooManyRequests || (int)status >= 500;
}
