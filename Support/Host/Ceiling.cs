using System.Collections.Immutable;

namespace Support.Host;

/// <summary>What one resource allows, predicted before anything is opened.</summary>
/// <param name="Kind">The resource.</param>
/// <param name="Resource">The same in the field's words, with whose it is where that matters, as in "file descriptors of the suite".</param>
/// <param name="Side">Whose resource it is: <c>client</c>, <c>server</c> or <c>both</c> (one machine).</param>
/// <param name="Connections">The connections that it allows; null where it sets no limit or where it is not known (see <paramref name="Basis"/>).</param>
/// <param name="Basis">The arithmetic behind the number, or why there is none.</param>
/// <param name="Next">How to raise it; empty where nothing is to be done.</param>
public sealed record Ceiling(Resource Kind, string Resource, string Side, long? Connections, string Basis, string Next);

/// <summary>What each resource allows, and which binds first.</summary>
/// <param name="Rows">One row a resource.</param>
public sealed record CeilingTable(ImmutableArray<Ceiling> Rows)
{
    /// <summary>The row with the lowest number; null where no row has one.</summary>
    public Ceiling? BindsFirst => Rows.Where(row => row.Connections is not null).MinBy(row => row.Connections);
}
