using Support.Settings;

namespace Support.Sizes;

/// <summary>How measured capacities are accepted, in words.</summary>
internal static class AcceptText
{
    /// <summary>As an environment variable, which needs no change of a file that the gate itself uses.</summary>
    internal const string Setting = SettingDefinition.EnvironmentPrefix + "GATE_ACCEPT=true";

    /// <summary>As in <c>run with CAPACITY_GATE_ACCEPT=true and commit capacity.lock.json</c>.</summary>
    internal static string How(GateSettings gate) => $"run with {Setting} and commit {Path.GetFileName(gate.LockFile)}";
}
