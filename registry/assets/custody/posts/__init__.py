"""Public posts (公益性岗位): who may hold one, who proposes, who leaves."""
