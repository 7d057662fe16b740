using System.Text.Json;
using Support.Plan;

namespace Support.Reports;

/// <summary>The estimate, what became of it, and the rules of thumb, in <c>capacity.json</c>.</summary>
internal static class JsonEstimate
{
    internal static void Write(Utf8JsonWriter json, ScalingPlan plan)
    {
        WriteEstimate(json, plan.Estimate);
        WriteComparison(json, plan.Comparison);
        json.List("rules", plan.Rules, rule => WriteRule(json, rule));
    }

    private static void WriteEstimate(Utf8JsonWriter json, CapacityEstimate? estimate)
    {
        if (estimate is null)
        {
            json.WriteNull("estimate");
            return;
        }

        json.WriteStartObject("estimate");
        JsonPlan.WriteSize(json, estimate.Size, estimate.SizeFrom);
        json.WriteNumber("reservedBytes", estimate.ReservedBytes);
        json.WriteString("reservedFrom", estimate.ReservedFrom);
        json.Number("bytesPerConnection", estimate.BytesPerConnection);
        json.WriteString("bytesFrom", estimate.BytesFrom);
        json.WriteNumber("theoretical", estimate.Theoretical);
        json.WriteNumber("practicalFrom", estimate.PracticalFrom);
        json.WriteNumber("practicalTo", estimate.PracticalTo);
        json.WriteNumber("expectedFrom", estimate.ExpectedFrom);
        json.WriteNumber("expectedTo", estimate.ExpectedTo);
        JsonReport.WriteCeilings(json, estimate.Ceilings, estimate.BindsFirst);
        json.WriteString("bindsFirst", estimate.BindsFirst?.Resource);
        json.WriteEndObject();
    }

    private static void WriteComparison(Utf8JsonWriter json, EstimateComparison? comparison)
    {
        if (comparison is null)
        {
            json.WriteNull("comparison");
            return;
        }

        json.WriteStartObject("comparison");
        json.WriteNumber("estimated", comparison.Estimated);
        json.WriteNumber("measured", comparison.Measured);
        json.WriteBoolean("isLowerBound", comparison.IsLowerBound);
        json.Number("share", comparison.Share);
        json.Number("bytesEstimated", comparison.BytesEstimated);
        json.Number("bytesMeasured", comparison.BytesMeasured);
        json.WriteString("words", comparison.Words);
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, RuleOfThumb rule)
    {
        json.WriteStartObject();
        json.WriteString("id", rule.Id);
        json.WriteString("rule", rule.Rule);
        json.WriteString("said", rule.Said);
        json.WriteString("found", rule.Found);
        if (rule.Holds is { } holds)
            json.WriteBoolean("holds", holds);
        else
            json.WriteNull("holds");
        json.WriteString("reason", rule.Reason);
        json.WriteEndObject();
    }
}
