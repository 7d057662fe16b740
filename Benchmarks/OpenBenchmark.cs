using System.Globalization;
using System.Text.Json;
using Support.Pool;

namespace Benchmarks;

/// <summary>The pool alone: opens, holds two seconds, proves, closes, and prints one JSON line.</summary>
internal static class OpenBenchmark
{
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(2);

    public static int Usage()
    {
        Console.Error.WriteLine(
            "usage: open --target ws://HOST:PORT/ --count N [--in-flight M] [--client pool|ClientWebSocket]");
        return 2;
    }

    public static async Task<int> RunAsync(string[] options)
    {
        if (Read(options) is not { } asked)
            return Usage();
        var report = asked.Client == "pool"
            ? await PoolAsync(asked).ConfigureAwait(false)
            : await ClientWebSocketBenchmark.RunAsync(asked.Target, asked.Count, asked.InFlight, Hold)
                .ConfigureAwait(false);
        Console.WriteLine(JsonSerializer.Serialize(report, JsonSerializerOptions.Web));
        return report.Failed == 0 ? 0 : 1;
    }

    private static async Task<OpenReport> PoolAsync((Uri Target, int Count, int InFlight, string Client) asked)
    {
        var time = TimeProvider.System;
        var options = new PoolOptions { Url = asked.Target, InFlight = asked.InFlight };
        var pool = await WebSocketPool.CreateAsync(options, time, CancellationToken.None).ConfigureAwait(false);
        await using (pool.ConfigureAwait(false))
        {
            var meter = OpenMeter.Start(time);
            await pool.OpenAsync(asked.Count, CancellationToken.None).ConfigureAwait(false);
            var opened = meter.Opened(pool.Counts.Opened);
            await Task.Delay(Hold, time).ConfigureAwait(false);
            var held = await pool.PingAsync(CancellationToken.None).ConfigureAwait(false);
            await pool.CloseAsync(CancellationToken.None).ConfigureAwait(false);
            foreach (var (failure, count) in pool.Failures.Counts)
                await Console.Error.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"{count} x {failure}: {pool.Failures.Examples[failure]}"))
                    .ConfigureAwait(false);
            return opened with { Open = held, Failed = asked.Count - held };
        }
    }

    private static (Uri Target, int Count, int InFlight, string Client)? Read(string[] options)
    {
        var values = options.Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
        if (!Uri.TryCreate(values.GetValueOrDefault("--target"), UriKind.Absolute, out var target)
            || target.Scheme is not ("ws" or "wss"))
            return null;
        if (!TryCount(values, "--count", null, out var count)
            || !TryCount(values, "--in-flight", "100", out var inFlight))
            return null;
        return (target, count, inFlight, values.GetValueOrDefault("--client", "pool"));
    }

    private static bool TryCount(Dictionary<string, string> values, string name, string? otherwise, out int count) =>
        int.TryParse(values.GetValueOrDefault(name, otherwise ?? ""), NumberStyles.None, CultureInfo.InvariantCulture,
            out count) && count > 0;
}
