"""
What somebody has to do, has begun and has done: one list for each, asked of an index that the database keeps.

A person may take tasks in a thousand names (each role for each unit). Every open task has an entry under each name
that it waits under, in the order in which it is due; a page is the merge of the tops of these lists, so that it
costs the same however much work there is, and on its hundredth page as on its first.
"""
