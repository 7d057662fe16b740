using System.Text.Json.Serialization;

namespace Support.Pool.Workers;

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
