using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace TargetServer;

/// <summary>Starts the server, says so, and waits for its end.</summary>
internal static class ServerRun
{
    /// <summary>How long stopping may take in all; what is still open then, the kernel closes.</summary>
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(1);

    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(ServerOptions options)
    {
        X509Certificate2? certificate;
        try
        {
            certificate = ServerCertificate.For(options, TimeProvider.System);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            var what = options.SelfSignedFile is { } file
                ? $"--self-signed: '{file}' cannot be used: {exception.Message} Name a file that can be written."
                : $"--certificate and --key: '{options.CertificateFile}' and "
                    + $"'{options.KeyFile}' cannot be used: {exception.Message} "
                    + "Name a PEM certificate and its key, not encrypted.";
            Console.Error.WriteLine($"TargetServer: {what}");
            return 2;
        }

        return await ServeAsync(ServerHost.Build(options, certificate), options);
    }

    private static async Task<int> ServeAsync(WebApplication app, ServerOptions options)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        try
        {
            await app.StartAsync();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The parent was gone, or a signal came, before there was anything to stop.
            return 0;
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            Console.Error.WriteLine(
                "TargetServer: cannot listen on "
                + $"{string.Join(", ", options.Listen)}, port {options.Port}: {exception.Message} "
                + "Choose another --port (0 takes a free one) or --listen.");
            return 1;
        }

        Console.Out.WriteLine(
            $"listening {JsonSerializer.Serialize(new { url = Url(app, options), pid = Environment.ProcessId })}");
        await Console.Out.FlushAsync(CancellationToken.None);

        await Task.WhenAny(app.WaitForShutdownAsync(CancellationToken.None), OverdueAsync(stopping));
        return 0;
    }

    private static async Task OverdueAsync(CancellationToken stopping)
    {
        var begun = new TaskCompletionSource();
        await using var registration = stopping.UnsafeRegister(_ => begun.TrySetResult(), null);
        await begun.Task;
        await Task.Delay(StopDeadline, TimeProvider.System, CancellationToken.None);
    }

    /// <summary>The first address in a form that can be dialled.</summary>
    private static string Url(WebApplication app, ServerOptions options)
    {
        var bound = app.Urls.First();
        var first = options.Listen[0];
        var host = first.Equals(IPAddress.Any)
            ? IPAddress.Loopback
            : first.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : first;
        return new UriBuilder(options.Tls ? "wss" : "ws", host.ToString(), new Uri(bound).Port, "/").Uri.AbsoluteUri;
    }
}
