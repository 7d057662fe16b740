using System.Collections.Immutable;
using System.Text.Json;

namespace Support.Ecs.Definitions;

/// <summary>One value of a JSON text.</summary>
/// <param name="Kind">Its type.</param>
/// <param name="Path">How to get there, as in <c>containerDefinitions[0].name</c>; empty for the whole.</param>
/// <param name="Place">Where it starts, as in <c>line 3, column 5</c>; both count from 1.</param>
internal sealed record JsonPart(JsonValueKind Kind, string Path, string Place)
{
    /// <summary>The value of a string or the digits of a number; else empty.</summary>
    public string Text { get; init; } = "";

    /// <summary>What is in an object, in its order, repeated names included.</summary>
    public ImmutableArray<(string Name, JsonPart Value)> Members { get; init; } = [];

    /// <summary>What is in an array.</summary>
    public ImmutableArray<JsonPart> Items { get; init; } = [];

    /// <summary>The last member of that name; null where there is none or it is null.</summary>
    public JsonPart? this[string name] => Members.LastOrDefault(member => member.Name == name).Value is { Kind: not JsonValueKind.Null } value ? value : null;

    /// <summary>This part and all below it.</summary>
    public IEnumerable<JsonPart> All() => Members.Select(member => member.Value).Concat(Items).SelectMany(part => part.All()).Prepend(this);
}
