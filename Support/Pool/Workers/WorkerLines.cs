using System.Text.Json;
using System.Text.Json.Serialization;

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

/// <summary>
/// The shape of the messages in JSON; made when this is built, so that a worker starts fast and needs no reflection.
/// </summary>
[JsonSourceGenerationOptions(
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(AddressConverter), typeof(EndPointConverter)])]
[JsonSerializable(typeof(WorkerCommand))]
[JsonSerializable(typeof(WorkerReply))]
internal sealed partial class WorkerJson : JsonSerializerContext;
