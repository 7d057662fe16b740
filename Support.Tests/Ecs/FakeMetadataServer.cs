using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using NUnit.Framework;
using Support.Ecs;

namespace Support.Tests.Ecs;

/// <summary>What a path answers: it writes to the connection, which is closed when it returns.</summary>
internal delegate Task FakeAnswer(Stream to, CancellationToken stop);

/// <summary>
/// A metadata endpoint on loopback that says what a test wants, byte by byte: a path's answers in their order, and the
/// last again and again.
/// </summary>
internal sealed class FakeMetadataServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<string, Queue<FakeAnswer>> answers = new();
    private readonly ConcurrentQueue<string> asked = new();
    private readonly ConcurrentBag<Task> connections = [];
    private readonly SemaphoreSlim arrivals = new(0);
    private readonly Task accepting;
    private int cutOff;

    public FakeMetadataServer()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>The value of the agent's variable.</summary>
    public string Uri => $"http://{listener.LocalEndpoint}/v4/x-1";

    /// <summary>The environment of a container that has this endpoint.</summary>
    public Dictionary<string, string> Environment => new() { [MetadataEndpoint.Version4] = Uri };

    /// <summary>The paths that were asked for, below the container's own.</summary>
    public IReadOnlyCollection<string> Asked => asked;

    /// <summary>The connections that ended before their answer did.</summary>
    public int CutOff => Volatile.Read(ref cutOff);

    public FakeMetadataServer On(string path, params FakeAnswer[] inOrder)
    {
        answers[path] = new(inOrder);
        return this;
    }

    /// <summary>A task on Fargate, all in order.</summary>
    public FakeMetadataServer Fargate() => On("/task", Captured("fargate-task.json"))
        .On("", Captured("fargate-container.json")).On("/task/stats", Captured("stats-v1-task.json"));

    /// <summary>Waits for the next request.</summary>
    public Task NextAsync(CancellationToken cancellationToken) => arrivals.WaitAsync(cancellationToken);

    public static FakeAnswer Captured(string name, int status = 200) => Body(Captures.Text(name), status);

    public static FakeAnswer Body(string body, int status = 200, string headers = "") => Raw(
        $"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: "
        + $"{Encoding.UTF8.GetByteCount(body)}\r\n{headers}Connection: close\r\n\r\n{body}");

    public static FakeAnswer Raw(string bytes) =>
        async (to, token) => await to.WriteAsync(Encoding.UTF8.GetBytes(bytes), token);

    /// <summary>Takes the request and never answers.</summary>
    public static Task Hang(Stream to, CancellationToken token) => Task.Delay(Timeout.Infinite, token);

    public static Task Close(Stream to, CancellationToken token) => Task.CompletedTask;

    /// <summary>A good head, and a body that stops in its middle without an end.</summary>
    public static async Task Stall(Stream to, CancellationToken token)
    {
        await Raw("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{\"Cluster\":")(to, token);
        await Hang(to, token);
    }

    /// <summary>A body that never ends.</summary>
    public static async Task Endless(Stream to, CancellationToken token)
    {
        await Raw("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{")(to, token);
        var blanks = new byte[64 * 1024];
        Array.Fill(blanks, (byte)' ');
        while (!token.IsCancellationRequested)
            await to.WriteAsync(blanks, token);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        // The listener goes last: an accept that begins on one that is gone is an error of its own kind.
        await accepting;
        listener.Dispose();
        await Task.WhenAll(connections);
        stop.Dispose();
        arrivals.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                connections.Add(ServeAsync(await listener.AcceptTcpClientAsync(stop.Token)));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            Assert.That(stop.IsCancellationRequested, end.ToString());
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using var stream = client.GetStream();
                var path = await ReadPathAsync(stream);
                asked.Enqueue(path);
                arrivals.Release();
                await Next(path)(stream, stop.Token);
            }
            catch (Exception end) when (end is OperationCanceledException or IOException)
            {
                // The reader had enough, or the test is over: both are how a connection ends here.
                Interlocked.Increment(ref cutOff);
            }
        }
    }

    private FakeAnswer Next(string path)
    {
        if (!answers.TryGetValue(path, out var queue))
            return Body("404 page not found\n", 404);
        lock (queue)
            return queue.Count > 1 ? queue.Dequeue() : queue.Peek();
    }

    private async Task<string> ReadPathAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        var first = await reader.ReadLineAsync(stop.Token)
            ?? throw new IOException("the reader ended before its request");
        while (!string.IsNullOrEmpty(await reader.ReadLineAsync(stop.Token)))
            continue;
        return first.Split(' ')[1]["/v4/x-1".Length..];
    }
}
