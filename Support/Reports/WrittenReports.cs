using System.Collections.Immutable;

namespace Support.Reports;

/// <summary>What was written, and what could not be.</summary>
/// <param name="Files">The paths of the files, in the order of the formats.</param>
/// <param name="Problems">One sentence each; empty where everything was written.</param>
public sealed record WrittenReports(ImmutableArray<string> Files, ImmutableArray<string> Problems);
