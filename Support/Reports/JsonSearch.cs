using System.Text.Json;
using Support.Measuring.Search;
using Support.Measuring.SelfTest;
using Support.Pool;

namespace Support.Reports;

/// <summary>The search for the exact limit and the meter's calibration, in <c>capacity.json</c>; null where they did not run.</summary>
internal static class JsonSearch
{
    internal static void Write(Utf8JsonWriter json, SearchResult? search)
    {
        if (search is null)
        {
            json.WriteNull("search");
            return;
        }

        json.WriteStartObject("search");
        json.WriteString("ended", search.Ended);
        json.Number("seconds", search.Seconds);
        json.List("tries", search.Tries, tried => WriteTry(json, tried));
        json.Number("holds", search.Limit?.Holds);
        json.Number("breaks", search.Limit?.Breaks);
        WritePaced(json, search.Paced);
        json.WriteEndObject();
    }

    internal static void Write(Utf8JsonWriter json, MeterCalibration? calibration)
    {
        if (calibration is null)
        {
            json.WriteNull("calibration");
            return;
        }

        json.WriteStartObject("calibration");
        json.WriteBoolean("isTrue", calibration.IsTrue);
        json.Number("seconds", calibration.Seconds);
        json.List("readings", calibration.Readings, reading =>
        {
            json.WriteStartObject();
            json.WriteString("name", reading.Name);
            json.WriteString("truth", reading.Truth);
            json.WriteString("read", reading.Read);
            json.Number("seconds", reading.Seconds);
            json.WriteString("problem", reading.Problem);
            json.WriteEndObject();
        });
        json.WriteEndObject();
    }

    private static void WriteTry(Utf8JsonWriter json, SearchTry tried)
    {
        var result = tried.Result;
        json.WriteStartObject();
        json.WriteNumber("number", tried.Number);
        json.Word("kind", tried.Kind);
        WritePace(json, tried.Pace);
        json.WriteNumber("sessions", result.Sessions);
        json.WriteNumber("attempted", result.Attempted);
        json.WriteNumber("opened", result.Opened);
        json.WriteNumber("held", result.Held);
        json.WriteBoolean("holds", tried.Holds);
        json.Number("seconds", result.Seconds);
        JsonStep.WriteFailures(json, result);
        json.WriteEndObject();
    }

    private static void WritePaced(Utf8JsonWriter json, PacedLimit? paced)
    {
        if (paced is null)
        {
            json.WriteNull("paced");
            return;
        }

        json.WriteStartObject("paced");
        WritePace(json, paced.Pace);
        json.WriteNumber("held", paced.Held);
        json.WriteNumber("holds", paced.Limit.Holds);
        json.Number("breaks", paced.Limit.Breaks);
        json.WriteEndObject();
    }

    private static void WritePace(Utf8JsonWriter json, OpenPace pace)
    {
        json.WriteNumber("inFlight", pace.InFlight);
        json.Number("rate", pace.Rate);
    }
}
