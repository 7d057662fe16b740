using System.Net;
using System.Text;
using Support.Host;

namespace Support.Ecs;

/// <summary>What one path of the endpoint answered.</summary>
/// <param name="Value">What was read; null where <paramref name="Why"/> says why not.</param>
/// <param name="Why">As a clause without a full stop; null where there is a value.</param>
internal sealed record Fetched<T>(T? Value, string? Why)
    where T : class;

/// <summary>Asks the endpoint for one path, a few times where that can help. No answer of it throws.</summary>
internal sealed class MetadataFetch(HttpClient client, TimeProvider time)
{
    /// <summary>The longest body that is read, in bytes: ten times that of a task of ten containers, the most that ECS allows.</summary>
    internal const int MostBytes = 1 << 20;

    // Four tries: an early answer, a throttled or a broken one is mostly right within the second in which statistics appear.
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(900)];

    /// <summary>The answer, once <paramref name="parse"/> finds something in it.</summary>
    /// <exception cref="OperationCanceledException">The deadline has passed.</exception>
    internal async Task<Fetched<T>> GetAsync<T>(Uri url, Func<string, T?> parse, CancellationToken deadline)
        where T : class
    {
        for (var tries = 0; ; tries++)
        {
            var (fetched, mayHelp) = await TryAsync(url, parse, deadline).ConfigureAwait(false);
            if (fetched.Value is not null || !mayHelp || tries == Pauses.Length)
                return fetched;
            await Task.Delay(Pauses[tries], time, deadline).ConfigureAwait(false);
        }
    }

    private async Task<(Fetched<T> Fetched, bool TryingAgainMayHelp)> TryAsync<T>(Uri url, Func<string, T?> parse, CancellationToken deadline)
        where T : class
    {
        try
        {
            using var response = await client.GetAsync(url, deadline).ConfigureAwait(false);
            var text = Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(deadline).ConfigureAwait(false));
            if (response.StatusCode != HttpStatusCode.OK)
                return (new(null, $"{(int)response.StatusCode} {Words.Quote(text)}{Redirected(response)}"), IsPassing(response.StatusCode));
            return Parsed(text, parse) is { } value ? (new(value, null), false) : (new(null, $"the answer is not what the endpoint documents: {Words.Quote(text)}"), true);
        }
        catch (HttpRequestException problem) when (problem.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
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

    private static string Redirected(HttpResponseMessage response) => (int)response.StatusCode is >= 300 and < 400 ? ", and redirects are not followed" : "";

    private static bool IsPassing(HttpStatusCode status) => status == HttpStatusCode.TooManyRequests || (int)status >= 500;
}
