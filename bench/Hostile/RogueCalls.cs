using System.Collections.Concurrent;
using System.Reflection;
using Siamese.Contracts;
using Siamese.Contracts.Access;
using Siamese.Contracts.Sweeps;
using Siamese.Grains.Data;

namespace Siamese.Bench.Hostile;

/// <summary>A client that calls every method of every grain, those for silos too, with invented keys and arguments.</summary>
/// <param name="grains">Its connection.</param>
/// <param name="seed">Decides keys and arguments.</param>
/// <param name="names">Names that exist in the cluster, or look as if they might.</param>
internal sealed class RogueCalls(IGrainFactory grains, int seed, string[] names)
{
    /// <summary>Longer than Orleans waits for an answer.</summary>
    private static readonly TimeSpan _hang = TimeSpan.FromSeconds(60);

    private static readonly MethodInfo[] _methods =
    [
        .. from type in typeof(IBoardGrain).Assembly.GetTypes().Concat(typeof(DataLibrary).Assembly.GetTypes())
           where type.IsInterface && typeof(IAddressable).IsAssignableFrom(type)
           from method in type.GetMethods()
           where !method.IsGenericMethodDefinition
           orderby type.Name, method.Name, method.ToString()
           select method,
        .. typeof(IManagementGrain).GetMethods().Where(method => !method.IsGenericMethodDefinition).OrderBy(method => method.ToString()),
    ];

    private readonly ConcurrentDictionary<string, int> _faults = [];
    private int _answered;
    private int _refused;

    /// <summary>Calls that were answered as if they were honest.</summary>
    public int Answered => _answered;

    /// <summary>Calls that were refused with a sentence.</summary>
    public int Refused => _refused;

    /// <summary>Other outcomes: the method, the exception, and how often.</summary>
    public ConcurrentDictionary<string, int> Faults => _faults;

    public async Task Call(int number)
    {
        var random = new Random(HashCode(number));
        var arguments = new RogueArguments(random, names);
        var method = _methods[random.Next(_methods.Length)];
        try
        {
            var grain = Grain(method.DeclaringType!, random);
            var values = method.GetParameters().Select(parameter => arguments.Of(parameter.ParameterType)).ToArray();
            var answer = method.Invoke(grain, values);
            await (answer is Task task ? task : ((dynamic)answer!).AsTask()).WaitAsync(_hang);
            Interlocked.Increment(ref _answered);
        }
        catch (Exception e)
        {
            var thrown = e is TargetInvocationException { InnerException: { } inner } ? inner : e;
            if (thrown is BadInputException or RefusedException or BusyException)
                Interlocked.Increment(ref _refused);
            else
                _faults.AddOrUpdate($"{method.DeclaringType!.Name}.{method.Name}: {thrown.GetType().Name}: {Start(thrown.Message)}", 1, (_, count) => count + 1);
        }
    }

    private object Grain(Type type, Random random)
    {
        if (typeof(IGrainWithStringKey).IsAssignableFrom(type))
            return grains.GetGrain(type, names[random.Next(names.Length)]);
        return grains.GetGrain(type, random.Next(4) == 0 ? random.NextInt64() : 0);
    }

    /// <summary>The first line of a message, without what a terminal would obey.</summary>
    private static string Start(string message) => PlainText.Of(message.Split('\n')[0] is { Length: > 120 } line ? line[..120] : message.Split('\n')[0]);

    private int HashCode(int number) => unchecked((seed * 486_187_739) ^ (number * 16_777_619));
}
