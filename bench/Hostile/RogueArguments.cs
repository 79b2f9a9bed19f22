using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using Siamese.Bench.Fuzz;

namespace Siamese.Bench.Hostile;

/// <summary>Invents arguments of any type: empty, huge, negative and contradictory ones, and now and then a plausible one.</summary>
/// <param name="random">Decides everything.</param>
/// <param name="names">Names that exist in the cluster, or look as if they might.</param>
internal sealed class RogueArguments(Random random, string[] names)
{
    private const int Deepest = 6;

    private static readonly IReadOnlyList<Specimen> _files = Specimens.All();

    public object? Of(Type type, int depth = 0)
    {
        if (type == typeof(CancellationToken))
            return CancellationToken.None;
        if (Nullable.GetUnderlyingType(type) is { } value)
            return random.Next(3) == 0 ? null : Of(value, depth);
        if (type == typeof(string))
            return Text();
        if (type.IsEnum)
            return Enum.ToObject(type, random.Next(4) == 0 ? random.Next() : random.Next(6));
        if (type.IsPrimitive)
            return Number(type);
        if (type == typeof(TimeSpan))
            return new TimeSpan(Long());
        if (type == typeof(DateTimeOffset))
            return DateTimeOffset.UnixEpoch.AddSeconds(random.Next());
        if (type == typeof(ImmutableArray<byte>))
            return random.Next(8) == 0 ? default(ImmutableArray<byte>) : [.. Bytes()];
        if (type == typeof(byte[]))
            return Bytes();
        return depth > Deepest ? Default(type) : type.IsArray || typeof(IEnumerable).IsAssignableFrom(type) ? Many(type, depth) : One(type, depth);
    }

    private string? Text() => random.Next(12) switch
    {
        0 => null,
        1 => "",
        2 => "../../etc/passwd",
        3 => "a\0b\u202Ec\u001b[2J",
        4 => "\ud800",
        5 => new string('x', random.Next(100_000)),
        6 => Convert.ToHexStringLower(RandomBytes(32)),
        7 => Convert.ToHexStringLower(RandomBytes(12)),
        8 => "=1+1",
        _ => names[random.Next(names.Length)],
    };

    private object Number(Type type)
    {
        if (type == typeof(bool))
            return random.Next(2) == 0;
        if (type == typeof(double))
            return Real();
        if (type == typeof(float))
            return (float)Real();
        if (type == typeof(char))
            return (char)random.Next(65536);
        var wide = Long();
        return Type.GetTypeCode(type) switch
        {
            TypeCode.Int32 => random.Next(2) == 0 ? random.Next(-2, 5) : (int)wide,
            TypeCode.Int64 => wide,
            TypeCode.UInt64 => (ulong)wide,
            _ => Convert.ChangeType(random.Next(100), type, CultureInfo.InvariantCulture),
        };
    }

    private double Real() => random.Next(7) switch
    {
        0 => double.NaN,
        1 => double.PositiveInfinity,
        2 => -1,
        3 => double.MaxValue,
        4 => 0,
        _ => random.NextDouble(),
    };

    private long Long() => random.Next(5) switch
    {
        0 => long.MaxValue,
        1 => long.MinValue,
        2 => int.MaxValue,
        _ => random.Next(-2, 100),
    };

    /// <summary>A damaged file of some kind, or noise.</summary>
    private byte[] Bytes() => random.Next(6) switch
    {
        0 => [],
        1 => RandomBytes(random.Next(100_000)),
        _ => Mutation.Of(_files[random.Next(_files.Count)].Files, random.Next(), random.Next()),
    };

    private byte[] RandomBytes(int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>A collection of up to three elements.</summary>
    private object? Many(Type type, int depth)
    {
        if (random.Next(6) == 0)
            return Default(type);
        var elements = type.IsArray ? [type.GetElementType()!] : type.GetGenericArguments();
        var element = elements.Length == 2 ? typeof(KeyValuePair<,>).MakeGenericType(elements) : elements.FirstOrDefault() ?? typeof(object);
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
        for (var count = random.Next(4); count > 0; count--)
            list.Add(Of(element, depth + 1));
        var array = list.GetType().GetMethod(nameof(List<int>.ToArray))!.Invoke(list, null)!;
        if (type.IsInstanceOfType(array))
            return array;
        // Such as ImmutableArray.CreateRange, or a constructor that takes the elements.
        try
        {
            var factory = typeof(ImmutableArray).Assembly.GetType($"{type.GetGenericTypeDefinition().FullName!.Split('`')[0]}");
            var create = factory?.GetMethods().FirstOrDefault(method => method.Name == "CreateRange" && method.GetParameters().Length == 1);
            return create is null ? Activator.CreateInstance(type, array) : create.MakeGenericMethod(elements).Invoke(null, [array]);
        }
        catch (Exception e) when (e is TargetInvocationException or MissingMethodException or ArgumentException or InvalidOperationException)
        {
            return Default(type);
        }
    }

    /// <summary>An object whose parts are invented too; null if its constructor refuses them.</summary>
    private object? One(Type type, int depth)
    {
        if (type is { IsAbstract: true } or { IsInterface: true } || (!type.IsValueType && random.Next(8) == 0))
            return null;
        try
        {
            var constructor = type.GetConstructors().Where(constructor => constructor.GetParameters().All(parameter => parameter.ParameterType != type && !parameter.ParameterType.IsByRef))
                .MaxBy(constructor => constructor.GetParameters().Length);
            var made = constructor is null ? Activator.CreateInstance(type) : constructor.Invoke([.. constructor.GetParameters().Select(parameter => Of(parameter.ParameterType, depth + 1))]);
            foreach (var property in type.GetProperties().Where(property => property.SetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0 && random.Next(2) == 0))
                property.SetValue(made, Of(property.PropertyType, depth + 1));
            return made;
        }
        catch (Exception e) when (e is TargetInvocationException or MemberAccessException or ArgumentException)
        {
            return Default(type);
        }
    }

    private static object? Default(Type type) => type.IsValueType ? Activator.CreateInstance(type) : null;
}
