using Allure.NUnit.Attributes;
using Allure.Net.Commons;
using Allure.Net.Commons.Functions;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using TestResult = Allure.Net.Commons.TestResult;

namespace Allure.NUnit;

/// <summary>What is known of a test before it runs.</summary>
internal static class TestDescription
{
    /// <summary>A result with ids, name, labels, links and parameters.</summary>
    public static TestResult Of(ITest test)
    {
        var fixture = FixtureOf(test);
        var result = new TestResult
        {
            uuid = IdFunctions.CreateUUID(),
            fullName = FullName(test, fixture),
            titlePath = [.. Below(test)],
            // The cases of one method share its name; what tells them apart are their parameters.
            name = test.Parent is ParameterizedMethodSuite method ? method.Name : test.Name,
            labels =
            [
                Label.Thread(),
                Label.Host(),
                Label.Language(),
                Label.Framework("NUnit"),
                Label.Package(test.ClassName!),
                Label.TestMethod(test.MethodName!),
                Label.TestClass(test.ClassName!.Split('.')[^1]),
            ],
        };

        foreach (var attribute in Attributes(test, fixture))
            attribute.UpdateTestResult(result);
        result.parameters.AddRange(Parameters(test));
        return result;
    }

    /// <summary>Puts a test without any suite of its own under assembly, namespace and class.</summary>
    public static void AddDefaultSuites(TestResult result, ITest test)
    {
        if (result.labels.Any(label => label.name is "parentSuite" or "suite" or "subSuite"))
            return;

        var fixture = FixtureOf(test);
        result.labels.Add(Label.ParentSuite(AssemblyName(fixture)));
        if (fixture.TypeInfo!.Type.Namespace is { Length: > 0 } space)
            result.labels.Add(Label.Suite(space));
        result.labels.Add(Label.SubSuite(fixture.Name));
    }

    /// <summary>The attributes of the method, then those of the class: the order of the labels.</summary>
    private static IEnumerable<AllureTestCaseAttribute> Attributes(ITest test, TestFixture fixture) =>
        test.Method!.GetCustomAttributes<AllureTestCaseAttribute>(inherit: true)
            .Concat(fixture.GetCustomAttributes<AllureTestCaseAttribute>(inherit: true));

    private static IEnumerable<Parameter> Parameters(ITest test) => test.Method!.GetParameters()
        .Zip(test.Arguments, (parameter, argument) => new Parameter
        {
            name = parameter.ParameterInfo.Name,
            value = FormatFunctions.Format(argument),
        });

    private static string FullName(ITest test, TestFixture fixture)
    {
        var method = test.Method!.MethodInfo;
        var arguments = fixture.Arguments.Length == 0
            ? ""
            : $"({string.Join(',', fixture.Arguments.Select(FormatFunctions.Format))})";
        return $"{IdFunctions.GetTypeId(method.DeclaringType!)}{arguments}.{IdFunctions.GetMethodId(method)}";
    }

    private static string AssemblyName(TestFixture fixture) => fixture.TypeInfo!.Assembly.GetName().Name!;

    // The names from below the root, which is the assembly, down to the test itself.
    private static IEnumerable<string> Below(ITest test) =>
        test.Parent is { } parent ? Below(parent).Append(test.Name) : [];

    private static TestFixture FixtureOf(ITest test)
    {
        for (ITest? ancestor = test; ancestor is not null; ancestor = ancestor.Parent)
        {
            if (ancestor is TestFixture fixture)
                return fixture;
        }

        throw new InvalidOperationException(
            $"The test {test.FullName} is not part of a test fixture, so its class is not known.");
    }
}
