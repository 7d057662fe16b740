using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Support.Tests.Aws;

/// <summary>A request as it arrived.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">With the query.</param>
/// <param name="Headers">By name, case ignored.</param>
/// <param name="Body">As it was sent.</param>
internal sealed record SeenRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>The value of a header, or an empty text.</summary>
    public string Header(string name) => Headers.GetValueOrDefault(name, "");

    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body);
}

/// <summary>
/// A small HTTP server on a free loopback port before an emulator: passes requests on, or fails them as told, and
/// remembers all.
/// </summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    // They say who talks to whom on one connection, and are made anew for the other.
    private static readonly string[] OfTheConnection =
        ["Host", "Connection", "Content-Length", "Transfer-Encoding", "Expect", "Keep-Alive", "Date", "Server"];

    private readonly HttpListener listener;
    private readonly Uri? upstream;
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentQueue<SeenRequest> seen = new();
    private readonly Lock gate = new();
    private readonly Task serving;
    private Fault? fault;
    private int faultsLeft;

    private FaultProxy(HttpListener listener, Uri url, Uri? upstream)
    {
        this.listener = listener;
        this.upstream = upstream;
        Url = url;
        serving = ServeAsync();
    }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    /// <summary>Every request that arrived, in order.</summary>
    public IReadOnlyList<SeenRequest> Seen => [.. seen];

    /// <summary>How many requests arrived, retries among them.</summary>
    public int Requests => seen.Count;

    /// <summary>Starts one.</summary>
    /// <param name="upstream">What stands behind it; null where every request is to be failed.</param>
    public static FaultProxy Start(Uri? upstream = null)
    {
        while (true)
        {
            var url = new Uri($"http://127.0.0.1:{FreePorts.Next()}/");
            var listener = new HttpListener();
            listener.Prefixes.Add(url.AbsoluteUri);
            try
            {
                listener.Start();
                return new FaultProxy(listener, url, upstream);
            }
            catch (HttpListenerException)
            {
                // Another took the port in between; the next is free again.
                listener.Close();
            }
        }
    }

    /// <summary>Fails the requests from now on.</summary>
    /// <param name="how">How; null passes them on again.</param>
    /// <param name="times">How many of them; what comes after them is passed on.</param>
    public void Fail(Fault? how, int times = int.MaxValue)
    {
        lock (gate)
            (fault, faultsLeft) = (how, times);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Abort();
        await serving;
        http.Dispose();
        stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        var answers = new List<Task>();
        while (!stopping.IsCancellationRequested)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                break;
            }

            answers.Add(AnswerAsync(context));
        }

        await Task.WhenAll(answers);
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            var request = await ReadAsync(context.Request);
            seen.Enqueue(request);
            await (Next() is { } how
                ? FailAsync(context.Response, request, how)
                : PassAsync(context.Response, request));
        }
        catch (Exception error) when (error is HttpListenerException
            or HttpRequestException or ObjectDisposedException or OperationCanceledException or IOException)
        {
            // The client or the emulator went away, or the test ended: there is nobody left to answer.
            context.Response.Abort();
        }
    }

    private Fault? Next()
    {
        lock (gate)
            return faultsLeft-- > 0 ? fault : null;
    }

    private async Task<SeenRequest> ReadAsync(HttpListenerRequest request)
    {
        using var body = new MemoryStream();
        await request.InputStream.CopyToAsync(body, stopping.Token);
        var headers = request.Headers.AllKeys.ToDictionary(
            name => name!, name => request.Headers[name]!, StringComparer.OrdinalIgnoreCase);
        return new SeenRequest(request.HttpMethod, request.RawUrl!, headers, body.ToArray());
    }

    private async Task FailAsync(HttpListenerResponse response, SeenRequest request, Fault how)
    {
        switch (how)
        {
            case Fault.Error error:
                var (type, text) = error.BodyFor(json: request.Headers.ContainsKey("X-Amz-Target"));
                await WriteAsync(response, error.Status, type, Encoding.UTF8.GetBytes(text));
                break;
            case Fault.Page page:
                await WriteAsync(response, HttpStatusCode.OK, page.Type, Encoding.UTF8.GetBytes(page.Body));
                break;
            case Fault.NoAnswer { Close: true }:
                response.ContentLength64 = 1000;
                response.Abort();
                break;
            case Fault.HeadAlone head:
                (response.StatusCode, response.ContentLength64) = ((int)head.Status, 1000);
                await response.OutputStream.WriteAsync("{"u8.ToArray(), stopping.Token);
                await response.OutputStream.FlushAsync(stopping.Token);
                await Task.Delay(Timeout.Infinite, stopping.Token);
                break;
            default:
                await Task.Delay(Timeout.Infinite, stopping.Token);
                break;
        }
    }

    private async Task PassAsync(HttpListenerResponse response, SeenRequest request)
    {
        using var onward = new HttpRequestMessage(
            new HttpMethod(request.Method),
            new Uri(upstream ?? throw new IOException("Nothing stands behind the proxy."), request.Path));
        if (request.Body.Length > 0 || request.Headers.ContainsKey("Content-Type"))
            onward.Content = new ByteArrayContent(request.Body);
        foreach (var (name, value) in request.Headers.Where(
            header => !OfTheConnection.Contains(header.Key, StringComparer.OrdinalIgnoreCase)))
        {
            if (!onward.Headers.TryAddWithoutValidation(name, value))
                onward.Content?.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await http.SendAsync(onward, stopping.Token);
        foreach (var (name, values) in answer.Headers.Where(
            header => !OfTheConnection.Contains(header.Key, StringComparer.OrdinalIgnoreCase)))
            response.Headers[name] = string.Join(',', values);
        var body = await answer.Content.ReadAsByteArrayAsync(stopping.Token);
        var type = answer.Content.Headers.ContentType?.ToString();
        if (request.Method != "HEAD")
        {
            await WriteAsync(response, answer.StatusCode, type, body);
            return;
        }

        // The answer to HEAD tells the length of what it does not bring.
        (response.StatusCode, response.ContentType, response.ContentLength64) =
            ((int)answer.StatusCode, type, answer.Content.Headers.ContentLength ?? 0);
        response.Close();
    }

    private async Task WriteAsync(HttpListenerResponse response, HttpStatusCode status, string? type, byte[] body)
    {
        response.StatusCode = (int)status;
        response.ContentType = type;
        response.ContentLength64 = body.Length;
        await response.OutputStream.WriteAsync(body, stopping.Token);
        response.Close();
    }
}
