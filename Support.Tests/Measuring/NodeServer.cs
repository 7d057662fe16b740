using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using NUnit.Framework;

namespace Support.Tests.Measuring;

/// <summary>
/// A small WebSocket server on node without a library, which can be told to cost memory or time a connection, and to
/// exit.
/// </summary>
internal sealed class NodeServer : IAsyncDisposable
{
    public const string Script = """
        const [port, bytes, most, spin] = process.argv.slice(1).map(Number);
        const net = require('net'), crypto = require('crypto');
        let open = 0;
        function begin(socket, text) {
          const key = /Sec-WebSocket-Key: *(\S+)/i.exec(text)?.[1];
          if (!key) { open++; return socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'); }
          if (++open > most) process.exit(134);
          if (bytes) socket.kept = Buffer.alloc(bytes, 1);
          for (const end = process.cpuUsage().user + spin * 1000; process.cpuUsage().user < end;) crypto.randomBytes(1000);
          const accept = crypto.createHash('sha1').update(key + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64');
          socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
        }
        function frames(socket, data) {
          while (data.length >= 6) {
            const code = data[0] & 15, length = data[1] & 127;
            const body = Buffer.from(data.subarray(6, 6 + length)).map((byte, at) => byte ^ data[2 + at % 4]);
            data = data.subarray(6 + length);
            if (code === 9) socket.write(Buffer.concat([Buffer.from([0x8a, length]), body]));
            if (code === 8) socket.end(Buffer.concat([Buffer.from([0x88, length]), body]));
          }
        }
        net.createServer(socket => {
          let begun = false;
          socket.on('error', () => {}).on('close', () => { if (begun) open--; socket.kept = null; });
          socket.on('data', data => { if (begun) frames(socket, data); else { begun = true; begin(socket, data.toString('latin1')); } });
        }).listen(port, '127.0.0.1', 4000, () => console.log('listening'));
        """;

    private readonly Options options;
    private Process process;

    private NodeServer(Options options, Process process) => (this.options, this.process) = (options, process);

    /// <summary>What it is told.</summary>
    public sealed record Options
    {
        /// <summary>It exits with 134 when one more than so many are open.</summary>
        public int Most { get; init; } = int.MaxValue;

        /// <summary>Memory that each connection keeps.</summary>
        public int Bytes { get; init; }

        /// <summary>Processor time that each opening takes, in milliseconds.</summary>
        public int Milliseconds { get; init; }

        /// <summary>The control group that it runs in; null for none of its own.</summary>
        public TestCgroup? Group { get; init; }

        /// <summary>The port, the same after each start.</summary>
        public int Port { get; init; } = FreePorts.Next();
    }

    /// <summary>Where it answers.</summary>
    public Uri Url => new(string.Create(CultureInfo.InvariantCulture, $"ws://127.0.0.1:{options.Port}/"));

    /// <summary>Its exit code; null while it runs.</summary>
    public int? ExitCode => process.HasExited ? process.ExitCode : null;

    /// <summary>Starts it and waits until it listens; ignores the test where there is no node.</summary>
    public static async Task<NodeServer> StartAsync(
        Options options, CancellationToken stop) => new(options, await BeginAsync(options, stop));

    /// <summary>Starts it anew where it has ended.</summary>
    public async Task RestartIfEndedAsync(CancellationToken stop)
    {
        if (!process.HasExited)
            return;
        process.Dispose();
        process = await BeginAsync(options, stop);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
    }

    private static async Task<Process> BeginAsync(Options options, CancellationToken stop)
    {
        // The shell enters the group and becomes the server: its first byte is charged there.
        string[] line =
            ["-c", $"{options.Group?.Entering}exec node --max-old-space-size=64 -e \"$SCRIPT\" -- \"$@\"", "sh"];
        string[] numbers = [.. new[] { options.Port, options.Bytes, options.Most, options.Milliseconds }
            .Select(number => number.ToString(CultureInfo.InvariantCulture))];
        var start = new ProcessStartInfo(
            "/bin/sh", [.. line, .. numbers]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SCRIPT"] = Script;
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        if (await process.StandardOutput.ReadLineAsync(stop) == "listening")
            return process;
        await process.WaitForExitAsync(stop);
        var isMissing = process.ExitCode == 127;
        process.Dispose();
        if (isMissing)
            Assert.Ignore("There is no node here.");
        throw new InvalidOperationException("The server did not start.");
    }
}
