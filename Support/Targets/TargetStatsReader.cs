using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text.Json;
using Support.Host;

namespace Support.Targets;

/// <summary>
/// Asks a target for its own numbers, over one HTTP connection that is kept and that no server counts as a WebSocket.
/// Ask only an embedded target, or one that answered a first probe: a stranger's server is not to be disturbed.
/// </summary>
internal static class TargetStatsReader
{
    private const int MostBytes = 4096;
    private const string StatsPath = "/stats";

    // A busy machine takes its time: one that has answered before is waited for.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan ProbeDeadline = TimeSpan.FromSeconds(1);

    // The newest connection to each target; whether it is still there is asked of the kernel.
    private static readonly ConcurrentDictionary<IPEndPoint, Socket> Kept = new();

    private static readonly HttpClient Client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        MaxConnectionsPerServer = 1,
        ConnectCallback = ConnectAsync,
        SslOptions =
        {
            RemoteCertificateValidationCallback = static (sender, _, _, errors) => IsTrusted(sender, errors),
        },
    })
    {
        MaxResponseContentBufferSize = MostBytes,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>
    /// <c>GET /stats</c> on the target's host and port, within 3 s, without following redirects. Null where it does not
    /// answer, answers something else, or shows a certificate that this machine does not trust.
    /// </summary>
    public static Task<TargetStats?> ReadAsync(Uri target, CancellationToken cancellationToken) =>
        ReadAsync(target, StatsPath, keep: true, Deadline, cancellationToken);

    /// <summary>
    /// Leaves no connection behind: a stranger that has no numbers would count it against its limit, and the pause
    /// between steps would wait for it.
    /// </summary>
    public static Task<TargetStats?> ProbeAsync(Uri target, CancellationToken cancellationToken) =>
        ReadAsync(target, StatsPath, keep: false, ProbeDeadline, cancellationToken);

    /// <summary>
    /// As <see cref="ReadAsync(Uri, CancellationToken)"/> of a TargetServer that this suite started: however long it
    /// takes.
    /// </summary>
    public static Task<TargetStats?> WaitAsync(Uri target, CancellationToken cancellationToken) =>
        ReadAsync(target, StatsPath, keep: true, Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>
    /// Makes a TargetServer of <c>--drop-after request</c> drop what it drew, however long it takes; its numbers once
    /// that is gone.
    /// </summary>
    public static Task<TargetStats?> DropAsync(Uri target, CancellationToken cancellationToken) =>
        ReadAsync(target, "/drop", keep: true, Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>As one of this machine's established sockets; false where the kernel does not tell.</summary>
    public static bool IsConnectedTo(IPEndPoint target)
    {
        if (!OperatingSystem.IsLinux() || !Kept.TryGetValue(Plain(target), out var socket))
            return false;
        try
        {
            Span<byte> bytes = stackalloc byte[TcpInfo.Length];
            var length = socket.GetRawSocketOption(TcpInfo.Level, TcpInfo.Option, bytes);
            return TcpInfo.Parse(bytes[..length]) is { IsEstablished: true };
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    private static async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
            Kept[Plain((IPEndPoint)socket.RemoteEndPoint!)] = socket;
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static IPEndPoint Plain(IPEndPoint endPoint) =>
        endPoint.Address.IsIPv4MappedToIPv6 ? new(endPoint.Address.MapToIPv4(), endPoint.Port) : endPoint;

    private static async Task<TargetStats?> ReadAsync(
        Uri target, string path, bool keep, TimeSpan deadline, CancellationToken cancellationToken)
    {
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        inTime.CancelAfter(deadline);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, HttpUrl(target, path));
            request.Headers.ConnectionClose = !keep;
            using var response = await Client.SendAsync(request, inTime.Token).ConfigureAwait(false);
            return response.StatusCode == HttpStatusCode.OK
                ? TargetStats.Parse(await response.Content.ReadAsStringAsync(inTime.Token).ConfigureAwait(false))
                : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or InvalidOperationException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // Closed, silent, too long, or in a charset that nobody knows: there are no numbers.
            return null;
        }
    }

    /// <summary>The system's trust decides, but on loopback, where a certificate is self-signed as a rule.</summary>
    private static bool IsTrusted(object sender, SslPolicyErrors errors) =>
        errors == SslPolicyErrors.None
        || (sender is SslStream { TargetHostName: var name }
            && (name == "localhost" || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address))));

    private static Uri HttpUrl(Uri target, string path) =>
        new UriBuilder(target.Scheme is "wss" or "https" ? "https" : "http", target.IdnHost, target.Port, path).Uri;
}

/// <summary>What a target says about itself, at one instant (<c>/stats</c> of TargetServer).</summary>
/// <param name="Open">WebSocket connections that are open now.</param>
/// <param name="Peak">The most that were open at once since the start.</param>
/// <param name="Total">Upgrades accepted since the start.</param>
/// <param name="Rejected">Upgrades answered with an error status since the start.</param>
/// <param name="StartedAt">When the server started: another value than before means that it was restarted.</param>
internal sealed record TargetStats(int Open, int Peak, long Total, long Rejected, DateTimeOffset StartedAt)
{
    /// <summary>
    /// Any server may be the target: null where the text is not JSON, not an object, or lacks one of the numbers.
    /// </summary>
    internal static TargetStats? Parse(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Object ? From(json.RootElement) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static TargetStats? From(JsonElement root) =>
        Count(root, "open") is { } open and <= int.MaxValue
        && Count(root, "peak") is { } peak and <= int.MaxValue
        && Count(root, "total") is { } total
        && Count(root, "rejected") is { } rejected
        && root.TryGetProperty("startedAt", out var started)
        && started.ValueKind == JsonValueKind.String
        && started.TryGetDateTimeOffset(out var startedAt)
            ? new TargetStats((int)open, (int)peak, total, rejected, startedAt)
            : null;

    private static long? Count(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt64(out var count) && count >= 0
            ? count
            : null;
}
