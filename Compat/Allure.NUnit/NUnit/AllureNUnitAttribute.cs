using System.Runtime.CompilerServices;
using Allure.Net.Commons;
using Allure.Net.Commons.Functions;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace Allure.NUnit;

/// <summary>Writes an Allure result for every test of the class.</summary>
/// <remarks>
/// NUnit calls in this order: <see cref="ApplyToContext"/>, the constructor and the one-time set-up of the class,
/// <see cref="BeforeTest"/> for the class, its tests, <see cref="AfterTest"/> for the class.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface)]
public class AllureNUnitAttribute : PropertyAttribute, ITestAction, IApplyToContext
{
    // NUnit may call the hooks of one test on unrelated threads: the context goes along with the test, not with the
    // thread.
    private static readonly ConditionalWeakTable<ITest, AllureContext> Contexts = [];

    /// <summary>Tests, and the class itself.</summary>
    public ActionTargets Targets => ActionTargets.Test | ActionTargets.Suite;

    /// <summary>Starts the container of the class, before its constructor and its one-time set-up.</summary>
    public void ApplyToContext(TestExecutionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        InContextOf(
            context.CurrentTest, () => AllureLifecycle.Instance.StartContainer(ContainerOf(context.CurrentTest)));
    }

    /// <summary>Starts the result of a test.</summary>
    public void BeforeTest(ITest test)
    {
        ArgumentNullException.ThrowIfNull(test);
        if (test.IsSuite)
            return;

        InContextOf(test, () =>
        {
            AllureLifecycle.Instance.StartContainer(ContainerOf(test));
            AllureLifecycle.Instance.StartTest(TestDescription.Of(test));
        });
    }

    /// <summary>Completes and writes the result of a test, or the container of the class.</summary>
    public void AfterTest(ITest test)
    {
        ArgumentNullException.ThrowIfNull(test);
        InContextOf(test, () =>
        {
            if (!test.IsSuite)
            {
                TestOutcome.Apply(test);
                AllureLifecycle.Instance.StopTest();
            }

            AllureLifecycle.Instance.StopContainer();
        });
    }

    private static void InContextOf(ITest test, Action action)
    {
        AllureLifecycle.Instance.Context = Find(test);
        try
        {
            action();
        }
        finally
        {
            Contexts.AddOrUpdate(test, AllureLifecycle.Instance.Context);
        }
    }

    private static AllureContext Find(ITest test)
    {
        for (ITest? ancestor = test; ancestor is not null; ancestor = ancestor.Parent)
        {
            if (Contexts.TryGetValue(ancestor, out var context))
                return context;
        }

        return AllureContext.Empty;
    }

    private static TestResultContainer ContainerOf(ITest test) =>
        new() { uuid = IdFunctions.CreateUUID(), name = test.FullName };
}
