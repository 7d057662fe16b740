using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;

namespace Support.Targets;

/// <summary>The embedded target while it runs.</summary>
internal interface IEmbeddedServer : IAsyncDisposable
{
    Uri Url { get; }

    int ProcessId { get; }

    bool HasExited { get; }

    /// <summary>The last lines of its standard error; empty where it said nothing.</summary>
    string LastErrors { get; }
}

/// <summary>
/// TargetServer as a process of its own, for as long as this object lives. Whatever ends the suite ends it, SIGKILL
/// included: its standard input is a pipe that the kernel then closes.
/// </summary>
internal sealed class EmbeddedTarget : IEmbeddedServer
{
    private const string ListeningWord = "listening ";

    /// <summary>How long the server may take to end by itself before it is killed.</summary>
    private static readonly TimeSpan EndDeadline = TimeSpan.FromSeconds(2);

    private readonly Process process;
    private readonly Task outputEnded;
    private readonly StderrTail errors;
    private bool disposed;

    private EmbeddedTarget(Process process, StderrTail errors, Uri url)
    {
        this.process = process;
        this.errors = errors;
        Url = url;
        ProcessId = process.Id;

        // Nothing more is printed; draining keeps the server from ever blocking on a full pipe.
        outputEnded = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
    }

    /// <summary>Where it listens, as in <c>ws://127.0.0.1:40123/</c>.</summary>
    public Uri Url { get; }
    public int ProcessId { get; }

    /// <summary>True once the process has ended: a target that died in mid-run, or that was disposed.</summary>
    public bool HasExited => disposed || process.HasExited;

    /// <summary>The exit code, 128 + n for signal n; null while it runs and after <see cref="DisposeAsync"/>.</summary>
    public int? ExitCode => !disposed && process.HasExited ? process.ExitCode : null;

    public string LastErrors => errors.Text;

    /// <summary>Starts the server and waits until it listens.</summary>
    /// <exception cref="FileNotFoundException">TargetServer.dll was not found; the message names where.</exception>
    /// <exception cref="InvalidOperationException">It ended before it listened, or said something else.</exception>
    /// <exception cref="TimeoutException">It did not listen before the deadline.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the server is gone by then.</exception>
    public static async Task<EmbeddedTarget> StartAsync(
        EmbeddedTargetOptions options, CancellationToken cancellationToken)
    {
        var file = options.ServerFile ?? HelperProcess.TargetServer.Find();
        if (!File.Exists(file))
            throw new FileNotFoundException(
                $"The embedded target's assembly, {file}, is not there. Build TargetServer, or name another file.",
                file);

        var start = HelperProcess.StartInfo(file, ["--with-parent", .. options.Arguments]);
        var process = Process.Start(start)
            ?? throw new InvalidOperationException($"{start.FileName} {file} could not be started.");
        try
        {
            var errors = new StderrTail(process.StandardError);
            var url = await ListeningAsync(process, errors, options.StartDeadline, cancellationToken)
                .ConfigureAwait(false);
            return new EmbeddedTarget(process, errors, url);
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            throw;
        }
    }

    /// <summary>Ends the server: asks, waits up to 2 s, then kills.</summary>
    public async ValueTask DisposeAsync()
    {
        if (disposed)
            return;

        disposed = true;
        process.StandardInput.Close();
        using var deadline = new CancellationTokenSource(EndDeadline);
        try
        {
            await process.WaitForExitAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        await Task.WhenAll(outputEnded, errors.Ended).ConfigureAwait(false);
        process.Dispose();
    }

    private static async Task<Uri> ListeningAsync(
        Process process, StderrTail errors, TimeSpan deadline, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(deadline);
        try
        {
            var line = await process.StandardOutput.ReadLineAsync(limited.Token).ConfigureAwait(false);
            if (line is not null)
            {
                return ParseListening(line)
                    ?? throw new InvalidOperationException(
                        $"The embedded target printed '{line}' in place of its 'listening' line. Is it of this "
                        + $"version? Build it again.");
            }

            await process.WaitForExitAsync(limited.Token).ConfigureAwait(false);
            await errors.Ended.WaitAsync(limited.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"The embedded target did not listen within {deadline.TotalSeconds:0.#} s. {errors.Quote()}");
        }

        throw new InvalidOperationException(
            $"The embedded target exited with exit code {process.ExitCode} before it listened. {errors.Quote()}");
    }

    /// <summary>
    /// In <c>listening {"url":"ws://127.0.0.1:40123/","pid":123}</c>; null where the line is another.
    /// </summary>
    internal static Uri? ParseListening(string line)
    {
        if (!line.StartsWith(ListeningWord, StringComparison.Ordinal))
            return null;

        try
        {
            using var json = JsonDocument.Parse(line.AsMemory(ListeningWord.Length));
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("url", out var url)
                && url.ValueKind == JsonValueKind.String
                && Uri.TryCreate(url.GetString(), UriKind.Absolute, out var parsed)
                && parsed.Scheme is "ws" or "wss"
                ? parsed
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

internal sealed record EmbeddedTargetOptions
{
    /// <summary>As <c>--cap</c>, <c>350</c>; <c>--with-parent</c> is always added. Default: none.</summary>
    public ImmutableArray<string> Arguments { get; init; } = [];

    /// <summary>The server's assembly; null looks it up (<see cref="HelperProcess.Find"/>). Default: null.</summary>
    public string? ServerFile { get; init; }

    /// <summary>Default: 30 s, which a cold start on a busy machine stays far below.</summary>
    public TimeSpan StartDeadline { get; init; } = TimeSpan.FromSeconds(30);
}
