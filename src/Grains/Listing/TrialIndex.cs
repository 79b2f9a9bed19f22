using System.Collections.Immutable;
using Siamese.Contracts.Listing;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Trials;

namespace Siamese.Grains.Listing;

/// <summary>
/// What filters and orders need to know of a sweep's trials, in columns: 41 bytes for each trial, and 8 more for each
/// hyperparameter that varies. Pure: it is fed with looks at the sweep, and answers with ordinals of trials.
/// </summary>
internal sealed class TrialIndex
{
    private const double NoNumber = double.NaN;
    private const int None = -1;

    private readonly List<UInt128> _ids = [];
    private readonly List<byte> _statuses = [];
    private readonly List<double> _eers = [];
    private readonly List<double> _seconds = [];
    private readonly List<int> _epochs = [];
    private readonly List<int> _endedAs = [];
    private readonly ValueColumn[] _values = [.. Hyperparameter.All.Select(_ => new ValueColumn())];
    private readonly ValueColumn _shards = new();
    private readonly ValueColumn _seeds = new();
    private readonly int[] _counts = new int[Enum.GetValues<TrialStatus>().Length];

    /// <summary>The ids in the expansion of trials that were finished early, and so have others now.</summary>
    private readonly Dictionary<int, UInt128> _firstIds = [];

    private ImmutableArray<int> _running = [];
    private (Hyperparameters? Point, HyperparameterValue?[] Values) _last = (null, []);

    /// <summary>How far it has got.</summary>
    public TrialCursor Cursor { get; private set; }

    /// <summary>Changes with what it knows.</summary>
    public int Version { get; private set; }

    /// <summary>Number of trials that it knows.</summary>
    public int Count => _ids.Count;

    /// <summary>Number of trials that the sweep had at the last look.</summary>
    public int Trials { get; private set; }

    /// <summary>Number of trials in each state that one of them has.</summary>
    public ImmutableDictionary<TrialStatus, int> Counts => Enum.GetValues<TrialStatus>().Where(status => _counts[(int)status] > 0).ToImmutableDictionary(status => status, status => _counts[(int)status]);

    /// <summary>What differs between the trials.</summary>
    public TrialDifferences Differences => new([.. Hyperparameter.All.Zip(_values).Where(one => one.Second.Varies).Select(one => one.First.Name)], _shards.Varies, _seeds.Varies);

    /// <summary>Bytes that it takes, about.</summary>
    public long Bytes => _ids.Capacity * 41L + _values.Append(_shards).Append(_seeds).Sum(column => column.Bytes);

    /// <summary>Whether a look follows on what is known. If not, another index has to be begun.</summary>
    public bool Continues(TrialLook look) => look.From == Cursor || (Cursor == default && look.From.Trials == 0);

    /// <summary>Takes in a look.</summary>
    public void Apply(TrialLook look)
    {
        if (look.Specs.IsEmpty && look.Lines.IsEmpty && look.Running.SequenceEqual(_running))
        {
            (Cursor, Trials) = (look.Next, look.Trials);
            return;
        }

        Version++;
        foreach (var row in _running)
        {
            if (row < Count && StatusOf(row) is TrialStatus.Running)
                Set(row, TrialStatus.Waiting);
        }

        foreach (var (spec, id) in look.Specs.Zip(look.Ids))
            Add(spec, TrialPlace.NumberOf(id) ?? throw new InvalidOperationException($"'{id}' is not the id of a trial."), look.Trials);
        foreach (var line in look.Lines)
            Apply(line);
        (_running, Cursor, Trials) = (look.Running, look.Next, look.Trials);
        foreach (var row in _running)
        {
            if (row < Count && StatusOf(row) is TrialStatus.Waiting)
                Set(row, TrialStatus.Running);
        }
    }

    /// <summary>The rows that a query asks for.</summary>
    public SelectedRows Select(TrialQuery query)
    {
        var (place, first) = (PlaceBy(query.Order), new FirstRows<TrialPlace>(query.Order, query.Limit + 1));
        var matching = 0;
        foreach (var row in Matching(query.Conditions))
        {
            matching++;
            var at = place(row);
            if (query.Start is not { } start || query.Order.Compare(at, start) > 0)
                first.Add(row, at);
        }

        var rows = first.Take();
        return new(rows.Length > query.Limit ? rows[..query.Limit] : rows, matching, rows.Length > query.Limit ? place(rows[query.Limit - 1]) : null);
    }

    /// <summary>The rows that meet conditions, in the order of the expansion.</summary>
    public IEnumerable<int> Matching(TrialConditions conditions)
    {
        var values = conditions.Values.Select(condition => (Column: ColumnOf(condition.Hyperparameter), condition.Holds)).ToArray();
        if (Count == 0 || values.Any(condition => !condition.Column.Varies && !condition.Holds(condition.Column[0])))
            return [];
        var varying = values.Where(condition => condition.Column.Varies).ToArray();
        var states = Enum.GetValues<TrialStatus>().Select(status => conditions.States.IsEmpty || conditions.States.Contains(status)).ToArray();
        return Enumerable.Range(0, Count).Where(row => states[_statuses[row]] && Array.TrueForAll(varying, condition => condition.Holds(condition.Column[row])));
    }

    /// <summary>The rows in a state with the lowest validation EERs.</summary>
    public int[] Best(TrialStatus status, int count)
    {
        var order = new TrialOrder(TrialQuestion.UsualSort);
        var (place, first) = (PlaceBy(order), new FirstRows<TrialPlace>(order, count));
        for (var row = 0; row < Count && _counts[(int)status] > 0; row++)
        {
            if (StatusOf(row) == status)
                first.Add(row, place(row));
        }

        return first.Take();
    }

    /// <summary>The rows of trials whose ids begin with a text.</summary>
    public int[] Find(string start) => TrialPlace.RangeOf(start) is { } range ? [.. Enumerable.Range(0, Count).Where(row => range.First <= _ids[row] && _ids[row] <= range.Last)] : [];

    /// <summary>Whether a report says what is known of a row.</summary>
    public bool Agrees(int row, TrialReport report) =>
        TrialPlace.IdOf(_ids[row]) == report.Trial && StatusOf(row) == report.Status && FiguresOf(row) == TrialFigures.Of(report.Result);

    /// <summary>The completed trials with an EER that meet conditions, the best first.</summary>
    public int[] Measured(TrialConditions conditions) =>
        [.. Matching(conditions).Where(row => StatusOf(row) is TrialStatus.Completed && !double.IsNaN(_eers[row])).OrderBy(row => _eers[row]).ThenBy(row => _ids[row])];

    /// <summary>The values of each hyperparameter.</summary>
    public ImmutableArray<HyperparameterValues> Values => Count == 0 ? [] : [.. Hyperparameter.All.Zip(_values).Select(one => ValuesOf(one.First.Name, one.Second))];

    /// <summary>A trial's validation EER; not a number if it has none.</summary>
    public double EerOf(int row) => _eers[row];

    /// <summary>A trial's place in the order in which trials ended, with gaps.</summary>
    public int EndedAs(int row) => _endedAs[row];

    /// <summary>A trial's value of a hyperparameter.</summary>
    public HyperparameterValue? ValueOf(Hyperparameter hyperparameter, int row) => ColumnOf(hyperparameter)[row];

    private TrialStatus StatusOf(int row) => (TrialStatus)_statuses[row];

    private TrialFigures FiguresOf(int row) => new(Maybe(_eers[row]), Maybe(_seconds[row]), _epochs[row] == None ? null : _epochs[row]);

    private ValueColumn ColumnOf(Hyperparameter hyperparameter) => _values[Hyperparameter.All.Index().First(one => one.Item.Name == hyperparameter.Name).Index];

    private Func<int, TrialPlace> PlaceBy(TrialOrder order)
    {
        Func<int, HyperparameterValue?> value = order.Key switch
        {
            TrialKey.Eer => row => HyperparameterValue.Maybe(Maybe(_eers[row])),
            TrialKey.Seconds => row => HyperparameterValue.Maybe(Maybe(_seconds[row])),
            TrialKey.Epochs => row => _epochs[row] == None ? null : _epochs[row],
            TrialKey.Hyperparameter when ColumnOf(order.Hyperparameter!) is var column => row => column[row],
            _ => _ => null,
        };
        return row => new(value(row), _ids[row]);
    }

    private HyperparameterValues ValuesOf(string name, ValueColumn column)
    {
        HyperparameterValue?[] values = column.Varies
            ? [.. Enumerable.Range(0, Count).Select(row => column[row]).Distinct().OrderBy(value => value is null).ThenBy(value => value?.Number).ThenBy(value => value?.Word, StringComparer.Ordinal)]
            : [column[0]];
        return new(name, values.Length <= HyperparameterValues.Most ? [.. values] : [values[0], values.Last(value => value is not null)], values.Length);
    }

    private void Add(TrialSpec spec, UInt128 id, int expected)
    {
        if (Count == 0)
            EnsureCapacity(expected);
        if (!ReferenceEquals(spec.Hyperparameters, _last.Point))
            _last = (spec.Hyperparameters, [.. Hyperparameter.All.Select(one => one.Get(spec.Hyperparameters))]);
        for (var column = 0; column < _values.Length; column++)
            _values[column].Add(_last.Values[column], expected);
        _shards.Add(spec.Shard, expected);
        _seeds.Add(spec.Seed, expected);
        _ids.Add(id);
        _statuses.Add((byte)TrialStatus.Waiting);
        _eers.Add(NoNumber);
        _seconds.Add(NoNumber);
        _epochs.Add(None);
        _endedAs.Add(None);
        _counts[(int)TrialStatus.Waiting]++;
    }

    private void EnsureCapacity(int expected)
    {
        _ids.EnsureCapacity(expected);
        _statuses.EnsureCapacity(expected);
        _eers.EnsureCapacity(expected);
        _seconds.EnsureCapacity(expected);
        _epochs.EnsureCapacity(expected);
        _endedAs.EnsureCapacity(expected);
    }

    private void Apply(TrialLine line)
    {
        var row = line.Ordinal;
        Set(row, line.Status);
        (_eers[row], _seconds[row], _epochs[row], _endedAs[row]) = (line.Figures.Eer ?? NoNumber, line.Figures.Seconds ?? NoNumber, line.Figures.Epochs ?? None, line.EndedAs);
        if (line.Id is { } id && TrialPlace.NumberOf(id) is { } number)
        {
            _firstIds.TryAdd(row, _ids[row]);
            _ids[row] = number;
        }
        else if (_firstIds.Remove(row, out var first))
        {
            _ids[row] = first;
        }
    }

    private void Set(int row, TrialStatus status)
    {
        _counts[_statuses[row]]--;
        _statuses[row] = (byte)status;
        _counts[_statuses[row]]++;
    }

    private static double? Maybe(double number) => double.IsNaN(number) ? null : number;
}

/// <summary>The rows of an index that a query asks for.</summary>
/// <param name="Rows">Those of its page, in its order.</param>
/// <param name="Matching">Number of rows on all pages.</param>
/// <param name="Next">The place of the last row, if there is another page; otherwise null.</param>
internal sealed record SelectedRows(int[] Rows, int Matching, TrialPlace? Next);
