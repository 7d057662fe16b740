using System.Collections;
using System.Globalization;
using System.Reflection;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Amazon.Compat;

/// <summary>
/// Writes a request as a form: a field a member, a numbered one for each entry of a list. Requests with members inside
/// of members are not among those in use.
/// </summary>
internal sealed class QueryMarshaller(QueryProtocol protocol) : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    private const string Ending = "Request";

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var type = input.GetType();
        var request = new DefaultRequest(input, protocol.ServiceName) { HttpMethod = "POST", ResourcePath = "/" };
        request.Parameters["Action"] = type.Name[..^Ending.Length];
        request.Parameters["Version"] = protocol.ApiVersion;
        foreach (var member in type.GetProperties(
            BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            Add(request, member.Name, member.GetValue(input));
        return request;
    }

    private static void Add(DefaultRequest request, string name, object? value)
    {
        if (value is IList list)
        {
            for (var at = 0; at < list.Count; at++)
                request.Parameters[string.Create(CultureInfo.InvariantCulture, $"{name}.member.{at + 1}")] =
                    Text(list[at]);
        }
        else if (value is not null)
        {
            request.Parameters[name] = Text(value);
        }
    }

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
