using System.Text.Json;
using Support.Verdict;

namespace Support.Reports;

/// <summary>What a connection costs in memory, in <c>capacity.json</c>: the lines, and how far off they were.</summary>
internal static class JsonMemory
{
    internal static void Write(Utf8JsonWriter json, CapacityReport report)
    {
        json.List("memory", report.MemorySlopes, slope => WriteSlope(json, slope));
        json.List("memoryPredictions", report.MemoryPredictions, prediction =>
        {
            json.WriteStartObject();
            json.WriteString("of", prediction.Of);
            json.WriteNumber("sessions", prediction.Sessions);
            json.WriteNumber("held", prediction.Held);
            json.Number("baseBytes", prediction.BaseBytes);
            json.Number("predictedBytes", prediction.PredictedBytes);
            json.WriteNumber("actualBytes", prediction.ActualBytes);
            json.WriteEndObject();
        });
    }

    private static void WriteSlope(Utf8JsonWriter json, MemorySlope slope)
    {
        json.WriteStartObject();
        json.WriteString("of", slope.Of);
        json.Number("bytesPerConnection", slope.BytesPerConnection);
        json.Number("low", slope.BytesPerConnection - slope.HalfWidth);
        json.Number("high", slope.BytesPerConnection + slope.HalfWidth);
        json.Number("interceptBytes", slope.InterceptBytes);
        json.Number("rSquared", slope.RSquared);
        json.WriteString("warning", MemoryWords.Warning(slope));
        json.List("points", slope.Points, point =>
        {
            json.WriteStartObject();
            json.WriteNumber("held", point.Held);
            json.WriteNumber("bytes", point.Bytes);
            json.WriteNumber("processes", point.Processes);
            json.WriteEndObject();
        });
        json.WriteEndObject();
    }
}
