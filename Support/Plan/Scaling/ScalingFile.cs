namespace Support.Plan.Scaling;

/// <summary>One file of <c>scaling/</c> among the reports.</summary>
/// <param name="Name">As in <c>connections-policy.json</c>.</param>
/// <param name="Text">Its text, with LF line ends and a final one.</param>
public sealed record ScalingFile(string Name, string Text);
