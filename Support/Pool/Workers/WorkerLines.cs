using System.Text.Json;

namespace Support.Pool.Workers;

/// <summary>
/// Lines as messages. Anything may stand on a pipe, so what is no message is null and never an exception.
/// </summary>
internal static class WorkerLines
{
    /// <summary>A command; null where the line is none.</summary>
    public static WorkerCommand? Command(string line) =>
        Read(() => JsonSerializer.Deserialize(line, WorkerJson.Default.WorkerCommand));

    /// <summary>A worker's line; null where it is none.</summary>
    public static WorkerReply? Reply(string line) =>
        Read(() => JsonSerializer.Deserialize(line, WorkerJson.Default.WorkerReply));

    private static T? Read<T>(Func<T?> read) where T : class
    {
        try
        {
            return read();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
